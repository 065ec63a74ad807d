using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;
using Mev.Grains.Abstractions.Bundles;
using Mev.Grains.Abstractions.Strategies;
using Mev.Grains.Bundles;
using Mev.Grains.Feed;
using Mev.Journal;
using Mev.Journal.Audit;

namespace Mev.Grains.Tests.Bundles;

/// <summary>What was told of a bundle did not hold: the last word is journalled in its place, and counts.</summary>
public sealed class BundleCorrectionTests : IAsyncLifetime
{
    private const string Strategy = "arb-1";

    private readonly Engine _engine = new();

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Refused_first_and_then_landed_is_journalled_as_a_correction_and_booked()
    {
        var id = await Sent();
        var refused = await Bundle(id).Resolve(Of(id, BundleOutcomeKind.Refused, OutcomeCause.Outbid));

        var landed = await Bundle(id).Resolve(Intents.Landed(id));

        Assert.Equal(refused!.Value.Offset, (await Outcomes(id))[1].Corrects.Offset);
        Assert.True(landed!.Value.Offset > refused.Value.Offset);
        var tally = (await Booked()).Tally;
        Assert.Equal((1, 0, 1), (tally.Landed, tally.Refused, tally.Corrections));
        Assert.Equal(Intents.Landed(id).Realised - Intents.Landed(id).TipPaid, tally.Net);
    }

    [Fact]
    public async Task A_winner_seen_after_the_outcome_was_told_is_journalled_as_a_correction_and_moves_no_amount()
    {
        var id = await Sent();
        var outbid = Of(id, BundleOutcomeKind.Refused, OutcomeCause.Outbid);
        var told = await Bundle(id).Resolve(outbid);
        var before = (await Booked()).Tally;

        Assert.NotNull(await Bundle(id).Resolve(outbid with { WinnerTip = new Lamports(7), Winner = Winner }));

        var outcomes = await Outcomes(id);
        Assert.Equal((2, told!.Value.Offset), (outcomes.Count, outcomes[1].Corrects.Offset));
        Assert.Null(outcomes[0].Winner);
        Assert.Equal(("theirs", 7L), (outcomes[1].Winner.Signature, outcomes[1].WinnerTip));
        Assert.Equal(before with { Corrections = 1 }, (await Booked()).Tally);
        Assert.Equal(Winner, (await Bundle(id).Describe()).Outcome!.Winner);
    }

    [Fact]
    public async Task Landed_and_then_gone_with_its_fork_is_taken_back()
    {
        var id = await Sent();
        await Bundle(id).Resolve(Intents.Landed(id));
        await Bundle(id).Resolve(Of(id, BundleOutcomeKind.Unknown, OutcomeCause.Unobserved));
        await Bundle(id).Resolve(Of(id, BundleOutcomeKind.Expired, OutcomeCause.Dropped));

        var tally = (await Booked()).Tally;
        Assert.Equal((0, 0, 1, 2), (tally.Landed, tally.Unknown, tally.Expired, tally.Corrections));
        Assert.Equal(Lamports.Zero, tally.Net);
        Assert.Equal(SendVerdict.AlreadyResolved, await Bundle(id).Send((await Intent(id))!.Value));
    }

    [Fact]
    public async Task Not_sent_told_of_what_landed_all_the_same_is_corrected()
    {
        var id = await Sent();
        await Bundle(id).Resolve(Of(id, BundleOutcomeKind.Refused, OutcomeCause.NotSent));
        Assert.NotNull(await Bundle(id).Resolve(Intents.Landed(id)));
        Assert.Equal(1, (await Booked()).Tally.Landed);
    }

    [Fact]
    public async Task After_a_restart_a_correction_finds_intent_and_outcome_in_the_journal()
    {
        var id = await Sent();
        var refused = await Bundle(id).Resolve(Of(id, BundleOutcomeKind.Refused, OutcomeCause.Outbid));
        await _engine.Restart();

        Assert.Equal(refused, await Bundle(id).Resolve(Of(id, BundleOutcomeKind.Refused, OutcomeCause.Outbid)));
        Assert.NotNull(await Bundle(id).Resolve(Intents.Landed(id)));

        var outcomes = await Outcomes(id);
        Assert.Equal((2, refused!.Value.Offset), (outcomes.Count, outcomes[1].Corrects.Offset));
        await _engine.Restart();
        Assert.Equal((1, 1), ((await Booked()).Tally.Landed, (await Booked()).Tally.Corrections));
    }

    [Fact]
    public async Task The_same_again_is_counted_and_not_journalled_however_often()
    {
        var id = await Sent();
        for (var i = 0; i < 100; i++) await Bundle(id).Resolve(Intents.Landed(id) with { ObservedMs = i });
        Assert.Single(await Outcomes(id));
        Assert.Equal(99, Count("bundles.outcomes-repeated"));
    }

    [Fact]
    public async Task Corrections_beyond_the_bound_are_left_out_and_counted()
    {
        var id = await Sent();
        for (var i = 0; i < 50; i++)
        {
            var resolved = await Bundle(id).Resolve(Intents.Landed(id) with { Realised = new Lamports(i) });
            Assert.Equal(i <= BundleOutcomes.CorrectionsMax, resolved is not null);
        }
        Assert.Equal(1 + BundleOutcomes.CorrectionsMax, (await Outcomes(id)).Count);
        Assert.Equal(50 - 1 - BundleOutcomes.CorrectionsMax, _engine.Service<BundleCounts>().Limit().Count);
    }

    [Fact]
    public async Task An_outcome_of_no_intent_is_told_and_counted()
    {
        var id = Intents.NewId();
        Assert.Null(await Bundle(id).Resolve(Intents.Landed(id)));
        Assert.Equal(1, Count("bundles.outcomes-unexpected"));
    }

    private async Task<OpportunityId> Sent()
    {
        var id = Intents.NewId();
        Assert.Equal(
            SendVerdict.Sent, await Bundle(id).Send(await Intents.Append(_engine.Audit, id, Strategy, [1])));
        return id;
    }

    private async Task<StrategyView> Booked()
    {
        var strategy = _engine.Grains.GetGrain<IStrategyGrain>(Strategy);
        await strategy.ApplyOutcomes();
        return await strategy.Describe();
    }

    private async Task<IntentReference?> Intent(OpportunityId id) =>
        await _engine.Service<BundleIntents>().First(id);

    private async Task<IReadOnlyList<Outcome>> Outcomes(OpportunityId id)
    {
        var records = await _engine.Log.Read(new LogPartition(LogTopics.Audit, Intents.Partition), 0, 1_000);
        return [.. records.Where(record => record.Entry.Type == RecordType.Outcome && record.Entry.Key == id.Value)
            .Select(record => AuditRecords.Read(record)!.Outcome)];
    }

    private long Count(string name) =>
        _engine.Service<EngineInput>().Read().Single(count => count.Name == name).Count;

    private IBundleGrain Bundle(OpportunityId id) => _engine.Grains.GetGrain<IBundleGrain>(id.ToString());

    private static AttributedWinner Winner => new()
    {
        Signature = "theirs",
        Slot = new Slot(102),
        Tip = new Lamports(7),
        Units = 90_000,
        Bid = new Lamports(7),
        IsAhead = true,
    };

    private static BundleOutcome Of(OpportunityId id, BundleOutcomeKind kind, OutcomeCause cause) =>
        Intents.Landed(id) with
        {
            Kind = kind,
            Cause = cause,
            Realised = Lamports.Zero,
            TipPaid = Lamports.Zero,
        };
}
