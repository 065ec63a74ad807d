using System.Text;
using Google.Protobuf;
using Mev.Contracts.V1.Streams;
using Mev.Streaming.Channels;

namespace Mev.Streaming.Tests.Connections;

/// <summary>Places in a channel of states: snapshots, what was merged away, what was taken away.</summary>
public sealed class ConflatedTests
{
    private readonly Served _served = new();
    private readonly ConflatedChannel _channel;

    public ConflatedTests() => _channel = _served.Conflated("state");

    [Fact]
    public void It_begins_with_a_snapshot_in_parts_and_goes_on_with_what_changed()
    {
        for (var i = 0; i < 5; i++) Set($"{i}", new string('x', 20_000));
        var session = _served.Connect(Served.Subscribe(1, "state"));
        var messages = _served.Drain(session);
        var parts = messages.Where(m => m.MCase == ServerMessage.MOneofCase.Snapshot).ToList();
        Assert.True(parts.Count > 1);
        Assert.All(parts, part => Assert.Equal(5UL, part.Seq));
        Assert.Equal([.. Enumerable.Repeat(false, parts.Count - 1), true], parts.Select(part => part.Snapshot.Last));
        Assert.Equal(5, parts.Sum(part => part.Snapshot.Entries.Count));
        Set("2", "new");
        var delta = Assert.Single(_served.Drain(session));
        Assert.Equal((6UL, "2", "new"), (delta.Seq, Text(delta.Delta.Entry.Key), Text(delta.Delta.Entry.Value)));
    }

    [Fact]
    public void Of_a_key_the_newest_comes_and_the_numbers_before_it_are_a_gap()
    {
        var session = _served.Connect(Served.Subscribe(1, "state"));
        _ = _served.Drain(session);
        foreach (var value in new[] { "1", "2", "3" }) Set("a", value);
        Set("b", "1");
        Set("a", "4");
        var messages = _served.Drain(session);
        Assert.Equal(
            [new Gap { From = 1, To = 3, Reason = Reason.Conflation }],
            messages.Where(m => m.MCase == ServerMessage.MOneofCase.Gap).Select(m => m.Gap));
        Assert.Equal(
            [(4UL, "b"), (5UL, "a")],
            messages.Where(m => m.Delta is not null).Select(m => (m.Seq, Text(m.Delta.Entry.Key))));
    }

    [Fact]
    public void A_value_that_is_the_same_is_no_message()
    {
        Set("a", "1");
        Assert.False(_channel.Publish("a"u8, "1"u8));
        Assert.False(_channel.Remove("b"u8));
        Assert.Equal(1UL, _channel.Last);
    }

    [Fact]
    public void Who_comes_back_is_told_what_changed_and_what_was_taken_away()
    {
        Set("a", "1");
        Set("b", "1");
        _channel.Remove("a"u8);
        var resume = new Resume { Epoch = ByteString.CopyFrom(_channel.Epoch.Span), Seq = 2 };
        var messages = _served.Drain(_served.Connect(Served.Subscribe(1, "state", resume)));
        Assert.True(messages[1].Subscribed.Resumed);
        Assert.True(messages[2].Delta.Removed);
        Assert.Equal(3, messages.Count);
    }

    [Fact]
    public void Who_was_away_longer_than_removed_keys_are_known_begins_anew()
    {
        Set("kept", "1");
        for (var i = 0; i <= ConflatedChannel.RemovedMax + 1; i++)
        {
            Set($"{i}", "1");
            _channel.Remove(Encoding.UTF8.GetBytes($"{i}"));
        }
        var resume = new Resume { Epoch = ByteString.CopyFrom(_channel.Epoch.Span), Seq = 1 };
        var messages = _served.Drain(_served.Connect(Served.Subscribe(1, "state", resume)));
        Assert.False(messages[1].Subscribed.Resumed);
        Assert.Equal("kept", Text(Assert.Single(messages[2].Snapshot.Entries).Key));
    }

    [Fact]
    public void Who_reads_nothing_meanwhile_begins_anew_on_the_same_connection()
    {
        Set("kept", "1");
        var session = _served.Connect(Served.Subscribe(1, "state"));
        _ = _served.Drain(session);
        for (var i = 0; i <= ConflatedChannel.RemovedMax + 1; i++)
        {
            Set($"{i}", "1");
            _channel.Remove(Encoding.UTF8.GetBytes($"{i}"));
        }
        var messages = _served.Drain(session);
        Assert.Equal("kept", Text(Assert.Single(Assert.Single(messages).Snapshot.Entries).Key));
        Assert.Null(session.Close);
    }

    [Fact]
    public void Keys_and_values_beyond_the_bounds_are_left_out_and_counted()
    {
        for (var i = 0; i < ConflatedChannel.KeysMax; i++) Set($"{i}", "1");
        Assert.False(_channel.Publish("one more"u8, "1"u8));
        Assert.True(_channel.Publish("0"u8, "2"u8));
        Assert.False(_channel.Publish("0"u8, new byte[ConflatedChannel.EntryBytesMax]));
        Assert.Equal(2, _channel.LeftOut);
    }

    private static string Text(ByteString bytes) => bytes.ToStringUtf8();

    private void Set(string key, string value) =>
        Assert.True(_channel.Publish(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value)));
}
