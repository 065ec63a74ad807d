using System.Collections.Concurrent;
using HdrHistogram;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Journal;
using Mev.Journal.Audit;

namespace Mev.Benchmarks.Pipeline;

/// <summary>
/// From the first byte of an update to the signed bytes of its bundle at the sender: durable, read again, reserved,
/// guarded and signed in between.
/// </summary>
internal sealed class SignedOut(TimeProvider time)
{
    private const int PendingMax = 1 << 16; // what was refused never leaves
    private const long HighestNs = 60_000_000_000;

    private readonly ConcurrentDictionary<Digest, long> _received = new();
    private readonly Lock _gate = new();
    private LongHistogram _taken = new(HighestNs, 3);

    /// <summary>An intent is durable.</summary>
    public void Intended(LogEntry entry)
    {
        if (_received.Count >= PendingMax) _received.Clear();
        _received[entry.Key] = AuditRecord.Parser.ParseFrom(entry.Bytes.Span).Decision.ReceivedNs;
    }

    /// <summary>Its bytes are with the sender.</summary>
    public void Left(BundleSubmission submission)
    {
        if (submission.Transactions.IsEmpty || !_received.TryRemove(submission.Opportunity.Value, out var from)) return;
        var taken = Math.Clamp(time.UnixNs() - from, 1, HighestNs);
        lock (_gate) _taken.RecordValue(taken);
    }

    /// <summary>Hands the histogram out and begins anew.</summary>
    public LongHistogram Take()
    {
        lock (_gate)
        {
            var taken = _taken;
            _taken = new LongHistogram(HighestNs, 3);
            return taken;
        }
    }
}
