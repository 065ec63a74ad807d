using System.Collections.Immutable;
using Mev.Contracts.V1;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Limits;
using Mev.Domain.Limits.Caps;
using Mev.Domain.Opportunities;
using Mev.Journal.Audit;

namespace Mev.Journal.Replay;

/// <summary>The opportunity of a decision as its record tells it, without sizing it again.</summary>
public static class RecordedOpportunity
{
    /// <summary>All that the kernel reads of it; times and shard are no inputs and are left out.</summary>
    public static Opportunity Of(DecisionCore core) => new()
    {
        Id = new OpportunityId(new Digest(core.OpportunityId.Span)),
        Cycle = new Digest(core.CycleHash.Span),
        Hops = core.Hops.Count > 0
            ? HopsOf(core)
            : [new Domain.Cycles.HopAmounts(default, AmountIn(core), default)],
        BaseMint = IsWsolBased(core) ? Mints.Wsol : default,
        GrossProfit = new Lamports(core.GrossProfit),
        ProfitBound = new Lamports(core.ProfitBound),
        Certificate = (SizingCertificate)core.Certificate,
        Clock = ClockOf(core),
        Accounts = core.Accounts.Select(Account).ToArray(),
        Shard = 0,
        ReceivedNs = 0,
        EvaluatedNs = 0,
        Slot = new Slot(core.Slot),
        Waited = WaitOf(core),
        AtHand = new TokenAmount(core.AtHand),
    };

    /// <summary>The chain's time that it was decided at.</summary>
    internal static ChainClock ClockOf(DecisionCore core) => new(new Slot(core.ChainSlot), core.ChainUnixTime);

    /// <summary>How long it waited, from the check that looked at it; null where none did: in lock-step.</summary>
    internal static Wait? WaitOf(DecisionCore core) =>
        core.Checks.FirstOrDefault(check => check.Rule == (uint)LimitRule.Wait) is { } check
            ? new Wait(check.Observed, check.Limit)
            : null;

    /// <summary>Failures of its cycle in a row, from the check that looked at them; 0 where there were none.</summary>
    internal static int EqualFailuresOf(DecisionCore core) =>
        core.Checks.FirstOrDefault(check => check.Rule == (uint)LimitRule.EqualFailures) is { } check
            ? (int)check.Observed
            : 0;

    /// <summary>What was used of caps, from the checks that looked at them.</summary>
    internal static CapUse UseOf(DecisionCore core) =>
        CapUse.Read(CapChecks.Of(core), ClockOf(core));

    /// <summary>The least profit that it was checked against, and its message guards; null where none was.</summary>
    public static Lamports? ProfitMinOf(DecisionCore core) =>
        core.Checks.FirstOrDefault(check => check.Rule == (uint)LimitRule.MinimumProfit) is { } check
            ? new Lamports(check.Limit)
            : null;

    /// <summary>
    /// The same with the bytes of its accounts, of which a transaction is built; null where some are missing.
    /// </summary>
    internal static Opportunity? Whole(DecisionCore core, RecordedBlobs blobs)
    {
        var accounts = new List<Domain.Opportunities.AccountUse>();
        foreach (var use in core.Accounts)
        {
            var account = Account(use);
            if (blobs.Find(use.Hash, $"account {account.Key}") is not { } data) return null;
            accounts.Add(account with { Data = data });
        }
        return Of(core) with { Accounts = accounts.ToArray() };
    }

    /// <summary>The hops with their amounts; none of a skip, whose record keeps none.</summary>
    public static ImmutableArray<Domain.Cycles.HopAmounts> HopsOf(DecisionCore core) => [.. core.Hops.Select(Hop)];

    /// <summary>The newest write that it was decided upon.</summary>
    public static Domain.Feed.FeedCursor SeenBy(DecisionCore core) => core.Accounts
        .Select(use => new Domain.Feed.FeedCursor(0, new Slot(use.Slot), use.WriteVersion))
        .OrderBy(seen => seen.Slot).ThenBy(seen => seen.WriteVersion).LastOrDefault();

    private static Domain.Cycles.HopAmounts Hop(Contracts.V1.HopAmounts hop) => new(
        new Hop(new Domain.Pools.PoolId(new Pubkey(hop.Pool.Span)), (Domain.Pools.SwapDirection)hop.Direction),
        new TokenAmount(hop.AmountIn),
        new TokenAmount(hop.AmountOut));

    private static Domain.Opportunities.AccountUse Account(Contracts.V1.AccountUse use) => new(
        new Pubkey(use.Key.Span), new Pubkey(use.Owner.Span), new Slot(use.Slot), use.WriteVersion,
        new Digest(use.Hash.Span), default);

    /// <summary>
    /// A skip keeps no hops; its input stands in the check that looked at it, where it came that far.
    /// </summary>
    private static TokenAmount AmountIn(DecisionCore core)
    {
        var check = core.Checks.FirstOrDefault(check => check.Rule == (uint)LimitRule.AmountIn);
        return new TokenAmount(check is { Observed: > 0 } ? (ulong)check.Observed : 0);
    }

    private static bool IsWsolBased(DecisionCore core) =>
        core.Checks.All(check => check.Rule != (uint)LimitRule.WsolBase || check.Observed == 0);
}
