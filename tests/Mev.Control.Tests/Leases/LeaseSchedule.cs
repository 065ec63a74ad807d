using Mev.Domain.Chain;
using Mev.Domain.Limits.Leases;

namespace Mev.Control.Tests.Leases;

/// <summary>A world of one limit: the log, two granters with their late views of it, three holders.</summary>
internal sealed class LeaseSchedule(long[] skews, bool isEndAwaited)
{
    public const long Limit = 100;

    private const int Granters = 2;
    private const int DurationMs = 5_000;

    private readonly List<LeaseEvent> _log = [new LeaseEvent.LimitSet(new Lamports(Limit))];
    private readonly int[] _read = new int[Granters]; // how far each granter has read the log
    private readonly HeldLease?[] _held = new HeldLease?[3];
    private readonly Dictionary<ulong, long> _spentOf = []; // durable intents name their lease
    private long _nowMs = 1_000_000;

    /// <summary>What one step does: kind, who, how much, and how long it takes.</summary>
    internal readonly record struct Step(int Kind, int Granter, int Holder, int Amount, int Ms);

    /// <summary>What holders really spent.</summary>
    public long Spent { get; private set; }

    /// <summary>The book as the log says.</summary>
    public LeaseBook Book => Fold(_log.Count);

    public void Take(Step step)
    {
        switch (step.Kind)
        {
            case 0: // the holder asks, and the answer comes after a while
            case 1:
                Ask(step);
                break;
            case 2: // asked, granted and never answered: the holder was cut off
                Grant(step);
                break;
            case 3:
            case 4:
                Spend(step.Holder, step.Amount);
                break;
            case 5: // given back
                if (_held[step.Holder] is { } held)
                {
                    _log.Add(new LeaseEvent.Returned(held.Lease.Number, SpentOf(held.Lease.Number)));
                    _held[step.Holder] = null;
                }
                break;
            case 6:
                Expire(step.Granter);
                break;
            case 7: // the granter reads on, or restarts
                _read[step.Granter] = _log.Count;
                break;
        }
        _nowMs += step.Ms;
    }

    public void ExpireAll()
    {
        _nowMs += DurationMs + 4 * LeaseBook.MarginMs;
        Array.Fill(_read, _log.Count);
        Expire(granter: 0);
    }

    private void Ask(Step step)
    {
        var (asked, uptime) = HolderNow(step.Holder);
        if (_held[step.Holder] is { } held && asked < held.EndsAt) return;
        var lease = Grant(step);
        if (lease is not null)
            _held[step.Holder] = HeldLease.Of(lease, asked, uptime, TimeSpan.FromMilliseconds(DurationMs));
    }

    /// <summary>By a granter that may have read too little: it appends, and hands out what the fold took.</summary>
    private Lease? Grant(Step step)
    {
        var seen = Fold(_read[step.Granter]);
        var lease = new Lease(
            seen.LastNumber + 1, $"{step.Holder}", new Lamports(step.Amount), GranterNow(step.Granter) + DurationMs);
        if (seen.Apply(new LeaseEvent.Granted(lease)) is null) return null;
        _log.Add(new LeaseEvent.Granted(lease));
        var isTaken = Fold(_log.Count - 1).Apply(_log[^1]) is not null;
        _read[step.Granter] = _log.Count;
        return isTaken ? lease : null;
    }

    private void Spend(int holder, int amount)
    {
        var (now, uptime) = HolderNow(holder);
        if (_held[holder]?.Spend(new Lamports(amount), now, uptime) is not { } after) return;
        _held[holder] = after;
        _spentOf[after.Lease.Number] = _spentOf.GetValueOrDefault(after.Lease.Number) + amount;
        Spent += amount;
    }

    private void Expire(int granter)
    {
        var now = GranterNow(granter);
        foreach (var lease in Fold(_read[granter]).Open.Values)
        {
            var at = isEndAwaited ? now : lease.EndsMs + LeaseBook.MarginMs; // else it lies about its time
            if (at < lease.EndsMs + LeaseBook.MarginMs) continue;
            _log.Add(new LeaseEvent.Expired(lease.Number, SpentOf(lease.Number), at));
        }
    }

    private Lamports SpentOf(ulong number) => new(_spentOf.GetValueOrDefault(number));

    private LeaseBook Fold(int count) =>
        _log.Take(count).Aggregate(LeaseBook.Empty, (book, change) => book.Apply(change) ?? book);

    private long GranterNow(int granter) => _nowMs + skews[granter];

    private (DateTimeOffset Now, TimeSpan Uptime) HolderNow(int holder)
    {
        var ms = _nowMs + skews[Granters + holder];
        return (DateTimeOffset.FromUnixTimeMilliseconds(ms), TimeSpan.FromMilliseconds(ms));
    }
}
