using Mev.Adapters.Jito;
using Mev.Adapters.Jito.Landing;
using Mev.Adapters.Solana.Rpc;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Adapters.Tests.Journal;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Mev.Adapters.Tests.Jito;

/// <summary>
/// What only a node can tell: of old bundles, and of those whose transactions the stream did not bring.
/// </summary>
public sealed class ChainWatchTests
{
    private static readonly LandingLabels Labels = new("tokyo", "leader", "<100k", "unknown");

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch + TimeSpan.FromDays(20_000));
    private readonly JitoOptions _options = new();
    private readonly JitoCounts _counts;
    private readonly ScriptedChain _chain = new();

    public ChainWatchTests() => _counts = new JitoCounts(_options, new PlainMeterFactory());

    [Theory]
    [InlineData(false, BundleOutcomeKind.Landed, OutcomeCause.Landed, 20_000)]
    [InlineData(true, BundleOutcomeKind.Refused, OutcomeCause.FailedOnChain, -5_000)]
    public async Task What_the_stream_did_not_show_is_booked_as_a_node_has_it(
        bool isFailed, BundleOutcomeKind kind, OutcomeCause cause, long realised)
    {
        var (cycles, bundle) = (new SubmittedCycles(_ => null), Submissions.Signed(1));
        var tracker = Sent(bundle, cycles);
        _chain.Status = new SignatureStatus(new Slot(70), SlotStatus.Finalized, isFailed);
        _chain.Transaction = Observed(bundle, isFailed);
        await Look(tracker, cycles);
        Assert.True(tracker.Outcomes.TryRead(out var outcome));
        Assert.Equal((kind, cause, new Lamports(realised)), (outcome.Kind, outcome.Cause, outcome.Realised));
        Assert.Equal(new TokenChanges([new TokenChange(Mints.Wsol, Mints.Wsol, 3)]), outcome.Tokens);
        Assert.Empty(tracker.Open());
        Assert.Equal(0, _counts.Count(JitoAlert.Unseen));
    }

    [Fact]
    public async Task What_no_node_knows_any_more_is_asked_for_minutes_and_then_told_as_not_known()
    {
        var (cycles, bundle) = (new SubmittedCycles(_ => null), Submissions.Signed(1));
        var tracker = Sent(bundle, cycles);
        _chain.Status = new SignatureStatus(new Slot(70), SlotStatus.Confirmed, IsFailed: false);
        await Look(tracker, cycles);
        Assert.False(tracker.Outcomes.TryRead(out _)); // it may still be told
        _chain.Status = _chain.Status with { Commitment = SlotStatus.Finalized };
        for (var seconds = 0; seconds < 122; seconds += 2)
        {
            Assert.False(tracker.Outcomes.TryRead(out _));
            _time.Advance(TimeSpan.FromSeconds(2));
            await Look(tracker, cycles);
        }
        Assert.True(tracker.Outcomes.TryRead(out var outcome));
        Assert.Equal((BundleOutcomeKind.Landed, true), (outcome.Kind, outcome.IsUnseen));
        Assert.Equal((Lamports.Zero, Lamports.Zero), (outcome.Realised, outcome.TipPaid)); // neither won nor lost
        Assert.Equal(1, _counts.Count(JitoAlert.Unseen));
        Assert.Empty(tracker.Open());
    }

    [Fact]
    public async Task What_a_node_tells_later_than_its_statuses_is_booked_all_the_same()
    {
        var (cycles, bundle) = (new SubmittedCycles(_ => null), Submissions.Signed(1));
        var tracker = Sent(bundle, cycles);
        _chain.Status = new SignatureStatus(new Slot(70), SlotStatus.Finalized, IsFailed: false);
        await Look(tracker, cycles);
        _chain.Transaction = Observed(bundle, isFailed: false);
        _time.Advance(TimeSpan.FromSeconds(60));
        await Look(tracker, cycles);
        Assert.True(tracker.Outcomes.TryRead(out var outcome));
        Assert.Equal((Submissions.Tip, false), (outcome.TipPaid, outcome.IsUnseen));
        Assert.Equal(0, _counts.Count(JitoAlert.Unseen));
    }

    [Fact]
    public async Task One_that_a_node_tells_in_no_form_keeps_none_of_the_others_from_being_asked_for()
    {
        var cycles = new SubmittedCycles(_ => null);
        var (odd, good) = (Submissions.Signed(1), Submissions.Signed(2));
        var tracker = Sent(odd, cycles);
        cycles.Add(good.Submission);
        tracker.TryOpen(good, Labels);
        tracker.Sent(good);
        _chain.Status = new SignatureStatus(new Slot(70), SlotStatus.Finalized, IsFailed: false);
        _chain.Transaction = Observed(good, isFailed: false);
        _chain.NotFound = (odd.Signature, new RpcRequestException(RpcFailure.Malformed, "no transaction"));
        await Look(tracker, cycles);
        Assert.True(tracker.Outcomes.TryRead(out var outcome));
        Assert.Equal(Submissions.Opportunity(2), outcome.Opportunity);
        Assert.Equal(odd.Id, Assert.Single(tracker.Open()).Id);
    }

    [Fact]
    public async Task What_landed_so_long_ago_that_a_node_has_it_on_disk_alone_is_not_taken_for_absent()
    {
        var tracker = Sent(Submissions.Signed(1), new SubmittedCycles(_ => null));
        _chain.Height = Submissions.LastValidBlockHeight + 1_000;
        _chain.Old = new SignatureStatus(new Slot(70), SlotStatus.Finalized, IsFailed: false);
        await new ChainWatch(_options, tracker, _chain, _time).Look(TestContext.Current.CancellationToken);
        Assert.Equal(
            BundleOutcomeKind.Landed, tracker.VerdictOf(Submissions.Opportunity(1))?.Kind);
    }

    private LandingTracker Sent(SignedBundle bundle, SubmittedCycles cycles)
    {
        var tracker = new LandingTracker(
            _options, (_, _) => null, _counts, new JitoAlerts(_counts, NullLogger.Instance), _time, cycles);
        cycles.Add(bundle.Submission);
        Assert.Equal(OpenAnswer.Opened, tracker.TryOpen(bundle, Labels));
        tracker.Sent(bundle);
        return tracker;
    }

    private async Task Look(LandingTracker tracker, SubmittedCycles cycles)
    {
        await new ChainWatch(_options, tracker, _chain, _time, cycles).Look(TestContext.Current.CancellationToken);
        tracker.Settle();
    }

    /// <summary>It cost the wallet a fee of 5,000, and where it succeeded the tip, while it gained 25,000.</summary>
    private static ObservedTransaction Observed(SignedBundle bundle, bool isFailed)
    {
        using var key = Samples.Signer("wallet 1");
        var paid = isFailed ? 5_000UL : 5_000UL + (ulong)Submissions.Tip.Value - 25_000;
        byte[] tip = [2, 0, 0, 0, .. BitConverter.GetBytes((ulong)Submissions.Tip.Value)];
        return new ObservedTransaction
        {
            Signature = bundle.Signature,
            Slot = new Slot(70),
            Index = 0,
            IsFailed = isFailed,
            Fee = new Lamports(5_000),
            ComputeUnits = null,
            Accounts = [key.Address],
            Writable = [key.Address],
            Balances = [(1_000_000, 1_000_000 - paid)],
            Tokens = [new ObservedTokens(Mints.Wsol, Mints.Wsol, key.Address, 4, 7)],
            Instructions = [new ObservedInstruction(Programs.System, [key.Address, TipAccounts.All[0]], tip, 0, 1)],
        };
    }
}
