using System.Diagnostics.Metrics;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Adapters.Tests.Journal;
using Mev.Domain.Chain;

namespace Mev.Adapters.Tests.Yellowstone;

public sealed class FeedLagTests
{
    [Fact]
    public void Lag_delay_refusals_breaks_and_gaps_are_exported()
    {
        using var meters = new PlainMeterFactory();
        var counts = new YellowstoneCounts(new YellowstoneOptions());
        var lag = new FeedLag(meters, counts, TimeProvider.System);
        var seen = new Dictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (meters.Has(instrument.Meter)) own.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            seen[Name(instrument, tags)] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
            seen[Name(instrument, tags)] = value);
        listener.Start();
        lag.Took(tip: new Slot(110), slot: new Slot(100));
        lag.Arrived(new() { Seconds = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 60 });
        counts.Refuse(WireDefect.AddressLength);
        (counts.Breaks, counts.Gaps) = (3, 2);
        listener.RecordObservableInstruments();
        Assert.Equal(10, seen["mev.chain.slot_lag"]);
        Assert.InRange(seen["mev.feed.delay"], 59, 120);
        Assert.Equal(1, seen["mev.feed.messages.refused AddressLength"]);
        Assert.Equal(0, seen["mev.feed.messages.refused DataLength"]);
        Assert.Equal((3, 2), (seen["mev.feed.breaks"], seen["mev.feed.gaps"]));
        lag.Took(tip: new Slot(100), slot: new Slot(110));
        lag.Arrived(new() { Seconds = long.MaxValue, Nanos = -1 });
        Assert.Equal(0, lag.Slots);
        Assert.Equal(0, seen["mev.feed.delay"]);
    }

    private static string Name(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        tags.Length == 0 ? instrument.Name : $"{instrument.Name} {tags[0].Value}";
}
