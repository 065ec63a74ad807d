using System.Diagnostics.Metrics;
using Google.Protobuf.WellKnownTypes;
using Mev.Domain.Chain;
using Enum = System.Enum;

namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>
/// How far the feed is behind the chain, and what became of messages: the instruments of an account stream, on the
/// meter <c>Mev</c>.
/// </summary>
public sealed class FeedLag
{
    private readonly TimeProvider _time;
    private readonly Histogram<double> _delay;
    private long _slots;

    /// <summary>The instruments of a stream with these counts.</summary>
    public FeedLag(IMeterFactory meters, YellowstoneCounts counts, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create("Mev");
        meter.CreateObservableGauge(
            "mev.chain.slot_lag", () => Slots, "{slot}", "Slots between the newest one known and the one taken.");
        _delay = meter.CreateHistogram<double>(
            "mev.feed.delay", "s", "From a message's making by the server to its being taken.");
        meter.CreateObservableCounter(
            "mev.feed.messages.refused", () => Refused(counts), "{message}", "Messages that cannot be true, by why.");
        meter.CreateObservableCounter(
            "mev.feed.breaks", () => counts.Breaks, "{connection}", "Connections that ended or could not be made.");
        meter.CreateObservableCounter(
            "mev.feed.gaps", () => counts.Gaps, "{gap}", "Breaks after which all pools were read anew.");
    }

    /// <summary>Slots between the newest one known and the newest one of a batch that was taken.</summary>
    public long Slots => Interlocked.Read(ref _slots);

    internal void Took(Slot tip, Slot slot) =>
        Interlocked.Exchange(ref _slots, tip > slot ? (long)(tip.Value - slot.Value) : 0);

    // Clocks differ: what seems to come from the future was made just now.
    internal void Arrived(Timestamp created)
    {
        var seconds = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        _delay.Record(Math.Max(0, seconds - created.Seconds - created.Nanos / 1e9));
    }

    private static IEnumerable<Measurement<long>> Refused(YellowstoneCounts counts) =>
        Enum.GetValues<WireDefect>().Where(defect => defect != WireDefect.None).Select(defect =>
            new Measurement<long>(counts.Refused(defect), new KeyValuePair<string, object?>("reason", $"{defect}")));
}
