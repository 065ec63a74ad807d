using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;

namespace Mev.Domain.Tests.Decisions;

public sealed class StrategyTallyTests
{
    private static readonly BundleOutcomeKind[] Kinds = Enum.GetValues<BundleOutcomeKind>();

    [Fact]
    public void A_corrected_outcome_leaves_what_the_last_one_alone_would_have_made()
    {
        foreach (var (first, last) in Kinds.SelectMany(first => Kinds.Select(last => (first, last))))
        {
            Assert.True(new StrategyTally { Landed = 5, Realised = new(70) }.TryAdd(Of(first, 100, 10), out var told));
            Assert.True(told.TryCorrect(Of(first, 100, 10), Of(last, 40, 4), out var corrected));

            new StrategyTally { Landed = 5, Realised = new(70) }.TryAdd(Of(last, 40, 4), out var alone);
            Assert.Equal(alone with { Corrections = 1 }, corrected);
        }
    }

    [Fact]
    public void What_cannot_have_been_counted_is_not_taken_back()
    {
        var tally = new StrategyTally { Refused = 1 };
        var landed = Of(BundleOutcomeKind.Landed, 1, 1);
        Assert.False(tally.TryCorrect(landed, landed, out var same));
        Assert.Equal(tally, same);
        var impossible = Of(BundleOutcomeKind.Landed, long.MinValue, 0);
        Assert.False((tally with { Landed = 1 }).TryCorrect(impossible, landed, out _));
    }

    private static BundleOutcome Of(BundleOutcomeKind kind, long realised, long tip) => new()
    {
        Opportunity = default,
        Kind = kind,
        Cause = OutcomeCause.Unobserved,
        Slot = default,
        Realised = new Lamports(realised),
        TipPaid = new Lamports(tip),
        Cursor = default,
        ObservedMs = 1,
    };
}
