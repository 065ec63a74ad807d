using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Domain.Limits;
using Mev.Domain.Limits.Caps;
using Mev.Domain.Opportunities;
using Mev.Grains.Strategies;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Replay;
using AccountUse = Mev.Domain.Opportunities.AccountUse;
using ChainMoment = Mev.Domain.Bundles.ChainMoment;
using Decision = Mev.Domain.Decisions.Decision;

namespace Mev.Grains.Tests.Strategies;

/// <summary>What conflating rounds let pass is recorded without hops, accounts and their bytes, and replays.</summary>
public sealed class CompactRecordTests
{
    private static readonly StrategyParameters Parameters = new() { Id = "arb-1" };
    private static readonly byte[] Account = [1, 2, 3];

    [Theory]
    [InlineData(2, 0, DecisionReason.TooManyOpen)]
    [InlineData(2, 3, DecisionReason.FailingCycle)]
    [InlineData(9, 0, DecisionReason.WaitedTooLong)]
    public void A_compact_decision_names_no_account_and_replays_to_the_same_bytes(
        long slots, int equalFailures, DecisionReason reason)
    {
        var inputs = Inputs();
        var decision = Decide(new Wait(slots, 8), inputs, equalFailures);
        Assert.Equal(reason, decision.Reason);
        var blobs = DecisionBlobs.Of([decision], inputs).ToDictionary(blob => blob.Hash, blob => blob.Data);
        Assert.DoesNotContain(Digest.Of(Account), blobs.Keys);

        var bytes = Record(decision);
        var core = AuditRecord.Parser.ParseFrom(bytes).Decision.Core;
        Assert.Empty(core.Hops);
        Assert.Empty(core.Accounts);

        var report = Replay(bytes, blobs);
        Assert.True(report.Verdict == ReplayVerdict.EqualWithoutSizing, report.Text);
    }

    [Theory]
    [InlineData(LimitRule.AmountIn, 999_999_999)]
    [InlineData(LimitRule.OpenSubmissions, 3)]
    [InlineData(LimitRule.DayAmountIn, 1_000_000_002)]
    public void At_a_cap_of_the_strategy_it_tells_which_and_replays_to_the_same_bytes(LimitRule rule, ulong most)
    {
        var inputs = Inputs(new Policy { Caps = [new(CapScope.Strategy, Parameters.Id, rule, most)] });
        var own = new CapShare(new CapSubject(CapScope.Strategy), 3);
        var clock = Chances.Of(1).Clock;
        var decision = DecisionKernel.Decide(
            Chances.Of(1) with { Waited = new Wait(0, 8) }, inputs, new PaperOrderBuilder(Parameters),
            openSubmissions: 3, isTaken: false, use: new CapUse(StrategyUse.Empty.Opened([own], clock), []));
        Assert.Equal((DecisionReason.StrategyCapReached, true), (decision.Reason, decision.IsCompact));
        var bytes = Record(decision);
        var check = AuditRecord.Parser.ParseFrom(bytes).Decision.Core.Checks[^1];
        Assert.Equal(((uint)rule, (uint)CapScope.Strategy, false), (check.Rule, check.Scope, check.Passed));
        Assert.Equal($"{rule} of strategy", CapChecks.NameOf(check));
        var blobs = DecisionBlobs.Of([decision], inputs).ToDictionary(blob => blob.Hash, blob => blob.Data);
        var report = Replay(bytes, blobs);
        Assert.True(report.Verdict == ReplayVerdict.EqualWithoutSizing, report.Text);
    }

    /// <summary>Its record names the terms, which say whose wallet it is.</summary>
    [Fact]
    public void At_a_cap_of_the_wallet_it_replays_to_the_same_bytes()
    {
        var terms = new BundleTerms
        {
            Wallet = Mints.Usdc,
            DontFront = Mints.Wsol,
            UnitsMarginBasisPoints = 0,
            TokenAccounts = [],
            Tables = [],
        };
        var policy = new Policy { Caps = [new(CapScope.Wallet, $"{terms.Wallet}", LimitRule.OpenSubmissions, 0)] };
        var inputs = Inputs(policy, new BundleContext(terms, ChainMoment.Unknown));
        var decision = Decide(new Wait(0, 8), inputs);
        Assert.Equal((DecisionReason.WalletCapReached, true), (decision.Reason, decision.IsCompact));
        var blobs = DecisionBlobs.Of([decision], inputs).ToDictionary(blob => blob.Hash, blob => blob.Data);
        var report = Replay(Record(decision), blobs);
        Assert.True(report.Verdict == ReplayVerdict.EqualWithoutSizing, report.Text);
    }

    [Fact]
    public void In_lock_step_a_block_keeps_its_accounts()
    {
        var inputs = Inputs();
        var decision = Decide(null, inputs);
        Assert.Contains(Digest.Of(Account), DecisionBlobs.Of([decision], inputs).Select(blob => blob.Hash));
        Assert.NotEmpty(AuditRecord.Parser.ParseFrom(Record(decision)).Decision.Core.Accounts);
    }

    private static ReplayReport Replay(byte[] bytes, Dictionary<Digest, ReadOnlyMemory<byte>> blobs) =>
        new DecisionReplay(recorded => new PaperOrderBuilder(recorded.Parameters)).Run(
            bytes, LeafHash.Of(bytes), hash => blobs.TryGetValue(hash, out var data) ? data : null);

    private static DecisionInputs Inputs(Policy? policy = null, BundleContext? bundle = null) => new(
        Parameters,
        policy ?? new Policy { OpenSubmissionsMax = 0 },
        Samplers.Prior(SamplerKind.BetaThompson),
        new SizingLimits(),
        bundle);

    private static Decision Decide(Wait? waited, DecisionInputs inputs, int equalFailures = 0)
    {
        var use = new AccountUse(Mints.Usdc, Mints.Wsol, new Slot(100), 1, Digest.Of(Account), Account);
        var chance = Chances.Of(1) with { Waited = waited, Accounts = new[] { use } };
        return DecisionKernel.Decide(
            chance, inputs, new PaperOrderBuilder(Parameters), openSubmissions: 0, isTaken: false,
            equalFailures: equalFailures);
    }

    private static byte[] Record(Decision decision)
    {
        var records = new DecisionRecords();
        var batch = new OpportunityBatch
        {
            Cursor = default,
            Opportunities = [decision.Opportunity],
            Counts = default,
        };
        records.Add(decision, default, batch, decidedNs: 1);
        return records.Entries[0].Body.ToArray();
    }
}
