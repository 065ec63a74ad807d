using System.Collections.Immutable;

namespace Mev.Journal.Audit;

/// <summary>
/// No audit, no trade: while the audit of a partition is closed, nothing is appended to the audit topic, so no decision
/// leaves and no command is carried out but the emergency stop. It may be closed for several reasons at once, and is
/// open when none of them is left.
/// </summary>
public sealed class AuditGate
{
    private string? _unanswered;
    private ImmutableSortedDictionary<(int Partition, AuditClosing By), string> _closed =
        ImmutableSortedDictionary<(int Partition, AuditClosing By), string>.Empty;

    /// <summary>The first reason for which it is closed, of the first such partition; null while it is open.</summary>
    public string? Reason => Volatile.Read(ref _closed) is { IsEmpty: false } closed ? closed.First().Value : null;

    /// <summary>
    /// The last reason for which it closed and nobody has stopped for yet, also where it is open again; or null.
    /// </summary>
    public string? Unanswered => Volatile.Read(ref _unanswered);

    /// <summary>Submitting was stopped for that reason.</summary>
    public void Answer(string reason) => Interlocked.CompareExchange(ref _unanswered, null, reason);

    /// <summary>Closes it for a partition.</summary>
    /// <param name="partition">Of the audit topic.</param>
    /// <param name="by">What found it wrong.</param>
    /// <param name="reason">What is wrong, and the remedy.</param>
    public void Close(int partition, AuditClosing by, string reason)
    {
        if (!Volatile.Read(ref _closed).ContainsKey((partition, by))) Volatile.Write(ref _unanswered, reason);
        ImmutableInterlocked.Update(ref _closed, closed => closed.SetItem((partition, by), reason));
    }

    /// <summary>What was found wrong with that partition is so no longer; other reasons stay.</summary>
    public void Open(int partition, AuditClosing by) =>
        ImmutableInterlocked.Update(ref _closed, closed => closed.Remove((partition, by)));

    /// <summary>Does nothing while it is open.</summary>
    /// <exception cref="JournalUnavailableException">It is closed.</exception>
    internal void Pass()
    {
        if (Reason is { } reason) throw new JournalUnavailableException($"the audit is closed, {reason}");
    }
}
