using Mev.Domain.Bundles;

namespace Mev.Adapters.Paper;

/// <summary>The counters behind <see cref="PaperCounts"/>; counted on the reading thread and on submitters'.</summary>
internal sealed class PaperTally
{
    private long _orders;
    private long _repeated;
    private long _landed;
    private long _landingsRepeated;
    private long _landingsDiffering;
    private long _late;
    private long _spent;
    private long _valueGuard;
    private long _outbid;
    private long _bug;
    private long _full;
    private long _unknown;
    private long _again;
    private long _dropped;
    private long _reset;

    public void Order(bool isNew) => Interlocked.Increment(ref isNew ? ref _orders : ref _repeated);

    public void LandingRepeated(bool isSame) =>
        Interlocked.Increment(ref isSame ? ref _landingsRepeated : ref _landingsDiffering);

    public void SwapExecutedAgain() => Interlocked.Increment(ref _again);

    public void SwapDropped() => Interlocked.Increment(ref _dropped);

    public void PoolReset() => Interlocked.Increment(ref _reset);

    public void Verdict(in PaperVerdict verdict) => Interlocked.Increment(ref CounterOf(verdict));

    public PaperCounts Snapshot(int ordersPending, long accountsLost) => new()
    {
        Orders = Interlocked.Read(ref _orders),
        OrdersRepeated = Interlocked.Read(ref _repeated),
        OrdersPending = ordersPending,
        Landed = Interlocked.Read(ref _landed),
        LandingsRepeated = Interlocked.Read(ref _landingsRepeated),
        LandingsDiffering = Interlocked.Read(ref _landingsDiffering),
        RefusedLate = Interlocked.Read(ref _late),
        RefusedSpent = Interlocked.Read(ref _spent),
        RefusedValueGuard = Interlocked.Read(ref _valueGuard),
        RefusedOutbid = Interlocked.Read(ref _outbid),
        RefusedBug = Interlocked.Read(ref _bug),
        RefusedFull = Interlocked.Read(ref _full),
        Unknown = Interlocked.Read(ref _unknown),
        SwapsExecutedAgain = Interlocked.Read(ref _again),
        SwapsDropped = Interlocked.Read(ref _dropped),
        PoolsReset = Interlocked.Read(ref _reset),
        AccountsLost = accountsLost,
    };

    private ref long CounterOf(in PaperVerdict verdict)
    {
        switch (verdict.Cause)
        {
            case OutcomeCause.Landed: return ref _landed;
            case OutcomeCause.Late when verdict.IsSpent: return ref _spent;
            case OutcomeCause.Late: return ref _late;
            case OutcomeCause.ValueGuard: return ref _valueGuard;
            case OutcomeCause.Outbid: return ref _outbid;
            case OutcomeCause.Bug: return ref _bug;
            case OutcomeCause.Engine: return ref _full;
            default: return ref _unknown;
        }
    }
}
