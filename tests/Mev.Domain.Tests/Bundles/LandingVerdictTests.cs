using CsCheck;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Learning;
using Kind = Mev.Domain.Bundles.LandingEvidenceKind;

namespace Mev.Domain.Tests.Bundles;

/// <summary>Every row of the table of results (specs: block engine), and what no order of arrival may change.</summary>
public sealed class LandingVerdictTests
{
    private static readonly Lamports Tip = new(100_000);
    private static readonly LandingEvidence Accepted = Of(Kind.Accepted, slot: 7);
    private static readonly LandingEvidence Confirmed = Chain(SlotStatus.Confirmed, 10);
    private static readonly LandingEvidence Uncertain = Of(Kind.Uncertain);
    private static readonly LandingEvidence NoTurn = Of(Kind.NotSent) with { Cause = OutcomeCause.NoTurn };
    private static readonly LandingEvidence[] Expired = [Absent(60_000), Absent(62_000)];

    public static TheoryData<string, LandingEvidence[], BundleOutcomeKind, OutcomeCause, LearningEventKind?, bool> Rows
    {
        get
        {
            var rows = new TheoryData<
                string, LandingEvidence[], BundleOutcomeKind, OutcomeCause, LearningEventKind?, bool>();
            void Row(
                string name, LandingEvidence[] evidence, BundleOutcomeKind kind, OutcomeCause cause,
                LearningEventKind? fed, bool isProven = false) => rows.Add(name, evidence, kind, cause, fed, isProven);
            var (landed, refused, gone, open) = (
                BundleOutcomeKind.Landed, BundleOutcomeKind.Refused, BundleOutcomeKind.Expired,
                BundleOutcomeKind.Unknown);
            Row("confirmed", [Confirmed], landed, OutcomeCause.Landed, LearningEventKind.Landed);
            Row("finalized", [Confirmed, Chain(SlotStatus.Finalized, 20)], landed, OutcomeCause.Landed,
                LearningEventKind.Landed, isProven: true);
            Row("processed only", [Chain(SlotStatus.Processed, 10)], open, OutcomeCause.Unobserved, null);
            Row("hint", [Of(Kind.Hint), Accepted], open, OutcomeCause.Unobserved, null);
            Row("accepted", [Accepted, Accepted], open, OutcomeCause.Unobserved, null);
            Row("bid rejected", [Of(Kind.BidRejected)], refused, OutcomeCause.Outbid, LearningEventKind.Outbid);
            Row("simulation, nothing left", [Simulated(0)], refused, OutcomeCause.Late, LearningEventKind.Late);
            Row("simulation, a loss", [Simulated(-5)], refused, OutcomeCause.Late, LearningEventKind.Late);
            Row("simulation, less than the tip", [Simulated(1)], refused, OutcomeCause.ValueGuard,
                LearningEventKind.ValueGuard);
            Row("simulation, the tip exactly", [Simulated(100_000)], refused, OutcomeCause.ValueGuard,
                LearningEventKind.ValueGuard);
            Row("simulation, not explained", [Simulated(100_001)], refused, OutcomeCause.Bug, null);
            Row("simulation, state not known", [Simulated(null)], refused, OutcomeCause.Unobserved, null);
            var ofForm = Simulated(null) with { Cause = OutcomeCause.Bug };
            Row("simulation, accounts refused", [ofForm], refused, OutcomeCause.Bug, null);
            Row("simulation, accounts refused and nothing left", [ofForm with { Value = Lamports.Zero }], refused,
                OutcomeCause.Late, LearningEventKind.Late);
            Row("simulation, a table gone", [Simulated(null) with { Cause = OutcomeCause.TableChanged }], refused,
                OutcomeCause.TableChanged, null);
            Row("no leader", [Of(Kind.LeaderMissing)], refused, OutcomeCause.NoLeader, null);
            Row("engine", [Of(Kind.EngineFault)], refused, OutcomeCause.Engine, null);
            Row("dropped, still possible", [Accepted, Of(Kind.Dropped)], open, OutcomeCause.Unobserved, null);
            Row("dropped and absent", [Accepted, Of(Kind.Dropped), .. Expired], gone, OutcomeCause.Dropped,
                LearningEventKind.Dropped, isProven: true);
            Row("accepted, absent, and outbid on the chain",
                [Accepted, Winner(250_000, isAhead: false), .. Expired], gone, OutcomeCause.Outbid,
                LearningEventKind.Outbid, isProven: true);
            Row("dropped by its own word, and outbid on the chain",
                [Accepted, Of(Kind.Dropped), Winner(250_000, isAhead: false), .. Expired], gone, OutcomeCause.Dropped,
                LearningEventKind.Dropped, isProven: true);
            Row("accepted and absent", [Accepted, .. Expired], gone, OutcomeCause.Dropped,
                LearningEventKind.Dropped, isProven: true);
            Row("dropped, never accepted", [Of(Kind.Dropped), .. Expired], gone, OutcomeCause.Unobserved, null,
                isProven: true);
            Row("unbundled, open", [Of(Kind.PartlyProcessed)], open, OutcomeCause.Unobserved, null);
            Row("unbundled, landed", [Of(Kind.PartlyProcessed), Confirmed], landed, OutcomeCause.Unbundled,
                LearningEventKind.Landed);
            Row("unbundled, absent", [Accepted, Of(Kind.PartlyProcessed), .. Expired], gone, OutcomeCause.Unbundled,
                null, isProven: true);
            Row("absent", [Of(Kind.Received), .. Expired], gone, OutcomeCause.Unobserved, null, isProven: true);
            Row("absent, a better bid", [Winner(100_000, isAhead: false), .. Expired], gone, OutcomeCause.Outbid,
                LearningEventKind.Outbid, isProven: true);
            Row("absent, a lower bid", [Winner(99_999, isAhead: false), .. Expired], gone, OutcomeCause.Unobserved,
                null, isProven: true);
            Row("absent, ahead of us", [Winner(99_999, isAhead: true), .. Expired], gone, OutcomeCause.Late,
                LearningEventKind.Late, isProven: true);
            Row("absent once", [Absent(60_000)], open, OutcomeCause.Unobserved, null);
            Row("absent twice at once", [Absent(60_000), Absent(61_999)], open, OutcomeCause.Unobserved, null);
            Row("failed on chain", [Accepted, Confirmed with { IsFailed = true }], refused,
                OutcomeCause.FailedOnChain, null);
            foreach (var cause in new[]
                {
                    OutcomeCause.Malformed, OutcomeCause.BlockhashExpired, OutcomeCause.RateLimited,
                    OutcomeCause.Unauthorised,
                })
            {
                Row($"refused {cause}", [Of(Kind.Refused) with { Cause = cause }], refused, cause, null);
                Row($"refused {cause} and absent", [Of(Kind.Refused) with { Cause = cause }, .. Expired], refused,
                    cause, null, isProven: true);
                Row($"refused {cause} and landed all the same", [Of(Kind.Refused) with { Cause = cause }, Confirmed],
                    landed, OutcomeCause.Landed, LearningEventKind.Landed);
                Row($"refused {cause}, then given up", [Of(Kind.Refused) with { Cause = cause }, NoTurn], refused,
                    cause, null);
                Row($"refused {cause} after a timeout", [Uncertain, Of(Kind.Refused) with { Cause = cause }], open,
                    OutcomeCause.Unobserved, null);
            }
            Row("no turn", [NoTurn], refused, OutcomeCause.NoTurn, null, isProven: true);
            Row("not sent", [Of(Kind.NotSent) with { Cause = OutcomeCause.NoLeader }], refused, OutcomeCause.NoLeader,
                null, isProven: true);
            Row("timeout", [Uncertain], open, OutcomeCause.Unobserved, null);
            Row("timeout and landed", [Uncertain, Confirmed], landed, OutcomeCause.Landed, LearningEventKind.Landed);
            Row("rejected and landed", [Of(Kind.BidRejected), Confirmed], landed, OutcomeCause.Landed,
                LearningEventKind.Landed);
            Row("rejected and accepted", [Of(Kind.BidRejected), Accepted], refused, OutcomeCause.Outbid,
                LearningEventKind.Outbid);
            Row("nothing", [], open, OutcomeCause.Unobserved, null);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_has_its_outcome_and_cause_and_teaches_what_it_may(
        string name, LandingEvidence[] evidence, BundleOutcomeKind kind, OutcomeCause cause, LearningEventKind? fed,
        bool isProven)
    {
        var verdict = LandingVerdict.Of(evidence, Tip);
        Assert.Equal((name, kind, cause), (name, verdict.Kind, verdict.Cause));
        Assert.Equal(fed, LearningEvidence.KindOf(verdict.Kind, verdict.Cause));
        Assert.Equal(isProven, verdict.IsProven);
        Assert.Equal(evidence.Distinct().Count(), verdict.Evidence.Length);
    }

    [Fact]
    public void A_landing_that_disappears_is_open_again_and_may_land_or_expire()
    {
        LandingEvidence[] vanished = [Confirmed, Gone(1_000), Gone(3_000)];
        var open = LandingVerdict.Of(vanished, Tip);
        Assert.Equal((BundleOutcomeKind.Unknown, false), (open.Kind, open.IsProven));
        Assert.Equal(BundleOutcomeKind.Landed, LandingVerdict.Of([Confirmed, Gone(1_000)], Tip).Kind);
        Assert.Equal(
            BundleOutcomeKind.Landed, LandingVerdict.Of([.. vanished, Chain(SlotStatus.Confirmed, 4_000)], Tip).Kind);
        Assert.Equal(BundleOutcomeKind.Expired, LandingVerdict.Of([.. vanished, .. Expired], Tip).Kind);
        Assert.Equal(
            BundleOutcomeKind.Landed, LandingVerdict.Of([.. Expired, Chain(SlotStatus.Finalized, 5)], Tip).Kind);
    }

    [Fact]
    public void The_winners_bid_goes_with_a_loss_and_never_with_a_landing()
    {
        var winner = Winner(250_000, isAhead: false);
        Assert.Equal(new Lamports(250_000), LandingVerdict.Of([winner, Of(Kind.BidRejected)], Tip).Winner?.Bid);
        Assert.Null(LandingVerdict.Of([winner, Confirmed], Tip).Winner);
    }

    [Fact]
    public void A_failure_on_the_chain_is_ours_where_no_fork_explains_it()
    {
        var failed = Confirmed with { IsFailed = true };
        Assert.True(LandingVerdict.Of([failed], Tip).IsOwnFault);
        var final = failed with { Depth = SlotStatus.Finalized };
        Assert.True(LandingVerdict.Of([Accepted, failed, final], Tip).IsOwnFault);
        Assert.True(LandingVerdict.Of([Simulated(100_001)], Tip).IsOwnFault);
        Assert.True(LandingVerdict.Of([Of(Kind.Refused) with { Cause = OutcomeCause.Malformed }], Tip).IsOwnFault);
        LandingEvidence[] ofForks =
        [
            Of(Kind.PartlyProcessed), Of(Kind.Dropped), Chain(SlotStatus.Confirmed, 1),
            Chain(SlotStatus.Processed, 1) with { IsFailed = true, Slot = new Slot(6) },
        ];
        foreach (var ofFork in ofForks)
        {
            var verdict = LandingVerdict.Of([ofFork, failed], Tip);
            Assert.Equal(OutcomeCause.FailedOnChain, verdict.Cause);
            Assert.False(verdict.IsOwnFault, $"{ofFork}");
        }
        Assert.False(LandingVerdict.Of([Of(Kind.BidRejected)], Tip).IsOwnFault);
    }

    [Fact]
    public void Order_and_repetition_change_nothing()
    {
        var gen = Gen.Select(AnyEvidence.List[0, 12], Gen.Int[0, 1 << 20], (evidence, seed) => (evidence, seed));
        gen.Sample(
            sample =>
            {
                var arrived = sample.evidence.Concat(sample.evidence.Where((_, i) => ((sample.seed >> i) & 1) == 1));
                var shuffled = arrived.OrderBy(item => unchecked((item.GetHashCode() * 397) ^ sample.seed)).ToList();
                var (one, other) = (LandingVerdict.Of(sample.evidence, Tip), LandingVerdict.Of(shuffled, Tip));
                return one.Evidence.SequenceEqual(other.Evidence) && one == other with { Evidence = one.Evidence };
            },
            iter: 5_000);
    }

    [Fact]
    public void Nothing_lands_and_nothing_expires_without_the_chain() => AnyEvidence.List[0, 12].Sample(
        evidence =>
        {
            var verdict = LandingVerdict.Of(evidence, Tip);
            var isOnChain = evidence.Exists(item => item.Kind == Kind.OnChain);
            var isOffChain = evidence.Count(item => item is { Kind: Kind.OffChain, IsPastExpiry: true }) >= 2;
            return (verdict.Kind != BundleOutcomeKind.Landed || isOnChain)
                && (verdict.Kind != BundleOutcomeKind.Expired || isOffChain)
                && (verdict.Cause != OutcomeCause.FailedOnChain || isOnChain);
        },
        iter: 5_000);

    private static Gen<LandingEvidence> AnyEvidence => Gen.Select(
        Gen.Enum<Kind>(), Gen.Long[0, 20], Gen.Long[0, 3], Gen.Enum<SlotStatus>(), Gen.Bool, Gen.Bool,
        Gen.Long[-1, 3].Nullable(),
        (kind, second, slot, depth, isFailed, isPastExpiry, value) => new LandingEvidence
        {
            Kind = kind,
            AtMs = second * 1_000,
            Slot = slot == 0 ? null : new Slot((ulong)slot),
            Cause = kind is Kind.Refused or Kind.NotSent ? OutcomeCause.RateLimited : OutcomeCause.Unobserved,
            Depth = kind == Kind.OnChain ? depth : SlotStatus.Unknown,
            IsFailed = kind == Kind.OnChain && isFailed,
            IsPastExpiry = kind == Kind.OffChain && isPastExpiry,
            Value = value is { } units ? new Lamports(units * 60_000) : null,
            Winner = kind == Kind.Winner ? Taken(60_000 * (value ?? 0), isFailed) : null,
        });

    private static LandingEvidence Of(Kind kind, ulong? slot = null) => new()
    {
        Kind = kind,
        AtMs = 5,
        Slot = slot is { } number ? new Slot(number) : null,
    };

    private static LandingEvidence Chain(SlotStatus depth, long atMs) =>
        new() { Kind = Kind.OnChain, AtMs = atMs, Slot = new Slot(9), Depth = depth };

    private static LandingEvidence Absent(long atMs) => Gone(atMs) with { IsPastExpiry = true };

    private static LandingEvidence Gone(long atMs) => new() { Kind = Kind.OffChain, AtMs = atMs };

    private static LandingEvidence Simulated(long? value) =>
        Of(Kind.SimulationFailed, slot: 8) with { Value = value is { } left ? new Lamports(left) : null };

    private static LandingEvidence Winner(long bid, bool isAhead) =>
        Of(Kind.Winner, slot: 8) with { Winner = Taken(bid, isAhead) };

    private static AttributedWinner Taken(long bid, bool isAhead) => new()
    {
        Signature = $"{bid} {isAhead}",
        Slot = new Slot(8),
        Tip = new Lamports(bid),
        Units = 90_000,
        Bid = new Lamports(bid),
        IsAhead = isAhead,
    };
}
