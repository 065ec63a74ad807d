using System.Collections.Immutable;

namespace Mev.Journal.Audit;

/// <summary>
/// No audit, no trade: while the audit of a partition is closed, nothing is appended to the audit topic, so no decision
/// leaves and no command is carried out but the emergency stop.
/// </summary>
public sealed class AuditGate
{
    private ImmutableSortedDictionary<int, string> _closed = ImmutableSortedDictionary<int, string>.Empty;

    /// <summary>Why it is closed, of the first partition that it is closed for; null while it is open.</summary>
    public string? Reason => Volatile.Read(ref _closed) is { IsEmpty: false } closed ? closed.First().Value : null;

    /// <summary>Closes it for a partition.</summary>
    /// <param name="partition">Of the audit topic.</param>
    /// <param name="reason">What is wrong, and the remedy.</param>
    public void Close(int partition, string reason) =>
        ImmutableInterlocked.Update(ref _closed, closed => closed.SetItem(partition, reason));

    /// <summary>Whatever was wrong with that partition is no longer.</summary>
    public void Open(int partition) =>
        ImmutableInterlocked.Update(ref _closed, closed => closed.Remove(partition));

    /// <summary>Does nothing while it is open.</summary>
    /// <exception cref="JournalUnavailableException">It is closed.</exception>
    internal void Pass()
    {
        if (Reason is { } reason) throw new JournalUnavailableException($"the audit is closed, {reason}");
    }
}
