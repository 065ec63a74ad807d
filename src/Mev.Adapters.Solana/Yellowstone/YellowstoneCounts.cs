using Mev.Domain.Limits;

namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>
/// What an account stream brought, refused and lost since the start. Written by the feed, read from any thread.
/// </summary>
public sealed class YellowstoneCounts(YellowstoneOptions options)
{
    private readonly long[] _refused = new long[Enum.GetValues<WireDefect>().Length];
    private long _bufferWaits;

    /// <summary>Messages taken in, whatever became of them.</summary>
    public long Messages { get; internal set; }

    /// <summary>Messages of a kind or a slot status that has no meaning here: skipped.</summary>
    public long Skipped { get; internal set; }

    /// <summary>Pings answered.</summary>
    public long Pings { get; internal set; }

    /// <summary>Connections that were made.</summary>
    public long Connections { get; internal set; }

    /// <summary>Connections that ended, or could not be made.</summary>
    public long Breaks { get; internal set; }

    /// <summary>Breaks because nothing came for too long.</summary>
    public long Silences { get; internal set; }

    /// <summary>Breaks after which the server sent again what was missed.</summary>
    public long Replays { get; internal set; }

    /// <summary>Breaks after which pools had to be read anew: each is a gap of the feed.</summary>
    public long Gaps { get; internal set; }

    /// <summary>Snapshots taken, those of single pools included.</summary>
    public long Snapshots { get; internal set; }

    /// <summary>Snapshots that failed; the connection is made anew.</summary>
    public long SnapshotFailures { get; internal set; }

    /// <summary>Accounts not watched at the bound.</summary>
    public long AccountsLeftOut { get; internal set; }

    /// <summary>Transactions that found no room, each told of by a break.</summary>
    public long TransactionsForgotten { get; internal set; }

    /// <summary>Writes lost while they waited for their transaction.</summary>
    public long WritesForgotten { get; internal set; }

    /// <summary>Times that reading waited for room in the buffer.</summary>
    public long BufferWaits => Interlocked.Read(ref _bufferWaits);

    /// <summary>Messages refused, by why.</summary>
    public long Refused(WireDefect defect) => Interlocked.Read(ref _refused[(int)defect]);

    /// <summary>Messages refused, for whatever reason.</summary>
    public long RefusedTotal => Enum.GetValues<WireDefect>().Sum(Refused);

    /// <summary>Its bounded places with their counts as of now.</summary>
    public IEnumerable<LimitCount> Limits() =>
    [
        new("yellowstone.messages", options.BufferedMessagesMax, AtLimit.Wait, BufferWaits),
        new("yellowstone.accounts", options.WatchedAccountsMax, AtLimit.LeaveOut, AccountsLeftOut),
        new("yellowstone.transactions", Math.Max(1, options.TransactionsMax), AtLimit.LeaveOut, TransactionsForgotten),
        new("yellowstone.waiting-writes", TransactionWrites.WaitingMax, AtLimit.Forget, WritesForgotten),
    ];

    internal void Refuse(WireDefect defect) => Interlocked.Increment(ref _refused[(int)defect]);

    internal void BufferWaited() => Interlocked.Increment(ref _bufferWaits);
}
