using Google.Protobuf;
using Mev.Contracts.V1.Streams;
using Mev.Streaming.Channels;
using Mev.Streaming.Connections;
using Mev.Streaming.Frames;

namespace Mev.Streaming.Tests.Connections;

/// <summary>Places in a lossless channel: ring, log, filters, and who does not keep up.</summary>
public sealed class LosslessTests
{
    private readonly Served _served = new();
    private readonly ListLog _log = new();
    private LosslessChannel _channel;

    public LosslessTests() => _channel = _served.Lossless("log", _log, 0);

    [Fact]
    public void Without_a_place_it_begins_at_the_end()
    {
        Publish(5);
        var session = _served.Connect(Served.Subscribe(1, "log"));
        Assert.Equal(5UL, Assert.Single(_served.Drain(session), IsSubscribed).Subscribed.NextSeq);
        Publish(2);
        Assert.Equal([5UL, 6UL], Seqs(_served.Drain(session)));
    }

    [Fact]
    public void What_the_ring_no_longer_has_comes_from_the_log_and_then_the_ring_without_a_hole()
    {
        Publish(250);
        _channel = _served.Lossless("log", _log, _log.End); // another process: its ring is empty
        Publish(50);
        var session = _served.Connect(Served.Subscribe(1, "log", new Resume { Epoch = Epoch, Seq = 9 }));
        var messages = _served.Drain(session);
        Assert.True(messages.Single(IsSubscribed).Subscribed.Resumed);
        Assert.Equal(Enumerable.Range(10, 290).Select(i => (ulong)i), Seqs(messages));
        Assert.Equal(3, _log.Reads);
    }

    [Fact]
    public void Another_log_is_told_from_its_beginning()
    {
        Publish(3);
        var resume = new Resume { Epoch = ByteString.CopyFrom(new byte[16]), Seq = 77 };
        var messages = _served.Drain(_served.Connect(Served.Subscribe(1, "log", resume)));
        var answer = messages.Single(IsSubscribed).Subscribed;
        Assert.Equal((false, 0UL, Epoch), (answer.Resumed, answer.NextSeq, answer.Epoch));
        Assert.Equal([0UL, 1UL, 2UL], Seqs(messages));
    }

    [Theory]
    [InlineData(3UL)]
    [InlineData(ulong.MaxValue)]
    public void A_place_that_is_not_there_yet_is_refused(ulong seq)
    {
        Publish(3);
        var messages = _served.Drain(
            _served.Connect(Served.Subscribe(1, "log", new Resume { Epoch = Epoch, Seq = seq })));
        Assert.Equal(
            "bad_subscription", messages.Single(message => message.MCase == ServerMessage.MOneofCase.Error).Error.Code);
    }

    [Fact]
    public void What_the_log_no_longer_holds_is_a_gap_and_no_silence()
    {
        Publish(20);
        _channel = _served.Lossless("log", _log, _log.End);
        _log.First = 15;
        var messages = _served.Drain(
            _served.Connect(Served.Subscribe(1, "log", new Resume { Epoch = Epoch, Seq = 4 })));
        var gap = messages.Single(message => message.MCase == ServerMessage.MOneofCase.Gap).Gap;
        Assert.Equal(new Gap { From = 5, To = 14, Reason = Reason.Retention }, gap);
        Assert.Equal([15UL, 16UL, 17UL, 18UL, 19UL], Seqs(messages));
    }

    [Fact]
    public void A_filter_names_the_number_before_wherever_it_skipped_some()
    {
        for (var i = 0UL; i < 6; i++)
        {
            var message = StreamMessage.Of(i, "k"u8, "v"u8, new MessageFacts(i % 3 == 2 ? "b" : "a", 1, (uint)i));
            _channel.Publish([_log.Append(message)], 0);
        }
        var filter = new RecordFilter { FromSeq = 0, Strategies = { "b" } };
        var messages = _served.Drain(_served.Connect(Served.Subscribe(1, "log", filter: filter)));
        Assert.Equal(
            [(2UL, ulong.MaxValue), (5UL, 2UL)], messages.Where(IsDelta).Select(m => (m.Seq, m.PrevSeq)));
        filter.Reasons.Add(2);
        Assert.Equal([2UL], Seqs(_served.Drain(_served.Connect(Served.Subscribe(1, "log", filter: filter)))));
    }

    /// <summary>A filter that takes nothing of a long log: the connection lives, and goes on where it is.</summary>
    [Fact]
    public void A_sparse_replay_goes_on_by_pieces_and_its_place_is_told_meanwhile()
    {
        Publish(2_000);
        _channel = _served.Lossless("log", _log, _log.End);
        var filter = new RecordFilter { FromSeq = 0, Strategies = { "nobody" } };
        var session = _served.Connect(Served.Subscribe(1, "log", filter: filter));
        _ = _served.Frame(session);
        Assert.True(session.HasMore);
        Assert.Equal(4, _log.Reads); // and not all twenty
        _served.NowMs += 1_000;
        var beat = _served.Frame(session).Single(message => message.Heartbeat is not null).Heartbeat;
        Assert.Equal(799UL, beat.Last.Single().Seq);
        for (var fill = 0; session.HasMore; fill++)
        {
            Assert.True(fill < 10, "it never came to the end");
            _ = _served.Frame(session);
        }
        Assert.Equal(20, _log.Reads);
    }

    [Fact]
    public void A_filter_that_the_channel_cannot_have_is_refused()
    {
        _ = _served.Lossless("log", _log, 0, hasFacts: false);
        foreach (var filter in new[] { ByteString.CopyFrom(0xFF), new RecordFilter { Actions = { 1 } }.ToByteString() })
        {
            var session = _served.Connect(
                new ClientMessage { Subscribe = new Subscribe { Id = 1, Channel = "log", Filter = filter } });
            Assert.Contains(_served.Drain(session), message => message.Error?.Code == "bad_subscription");
        }
    }

    [Theory]
    [InlineData(1_000, 5_000)]
    [InlineData(70_000, 10)]
    public void Who_does_not_keep_up_is_closed_with_the_place_to_go_on_from_and_loses_nothing(int count, int bytes)
    {
        var session = _served.Connect(Served.Subscribe(1, "log"));
        var other = _served.Connect(Served.Subscribe(1, "log"));
        _ = _served.Drain(session);
        _ = _served.Drain(other);
        Publish(7, 10);
        Assert.Equal(7, Seqs(_served.Drain(session)).Count());
        var seen = Seqs(_served.Drain(other)).Count();
        for (var published = 0; published < count; published += 500)
        {
            Publish(500, bytes);
            seen += Seqs(_served.Drain(other)).Count();
        }
        _ = _served.Drain(session);
        Assert.Equal(
            new StreamClose(4008, $"slow_consumer {Convert.ToHexStringLower(Served.Epoch)}:6"), session.Close);
        Assert.Null(other.Close);
        Assert.Equal(_log.Records.Count, seen);
        var again = _served.Connect(Served.Subscribe(1, "log", new Resume { Epoch = Epoch, Seq = 6 }));
        Assert.Equal(Enumerable.Range(7, _log.Records.Count - 7).Select(i => (ulong)i), Seqs(_served.Drain(again)));
    }

    [Fact]
    public void Who_is_still_led_up_to_the_end_is_not_slow()
    {
        Publish(3_000, 5_000);
        var session = _served.Connect(Served.Subscribe(1, "log", filter: new RecordFilter { FromSeq = 0 }));
        var seen = 0;
        for (var i = 0; i < 20; i++)
        {
            seen += Seqs(_served.Frame(session)).Count();
            Publish(10, 5_000);
        }
        Assert.Null(session.Close);
        Assert.True(seen > 200);
    }

    [Fact]
    public void The_ring_is_bounded_in_numbers_bytes_and_time()
    {
        Publish(LosslessChannel.RingNumbersMax + 10, 1);
        Assert.Equal(-1, Take(9));
        Assert.Equal(1, Take(10));
        Publish((int)(LosslessChannel.RingBytesMax / 10_000) + 2, 10_000);
        Assert.Equal(-1, Take(_log.End - (ulong)(LosslessChannel.RingBytesMax / 10_000)));
        _channel.Trim(29_000);
        Assert.Equal(1, Take(_log.End - 1));
        _channel.Trim(30_001);
        Assert.Equal(-1, Take(_log.End - 1));
        Assert.Equal(0, Take(_log.End));
    }

    private static ByteString Epoch => ByteString.CopyFrom(Served.Epoch);

    private static bool IsSubscribed(ServerMessage message) => message.MCase == ServerMessage.MOneofCase.Subscribed;

    private static bool IsDelta(ServerMessage message) => message.MCase == ServerMessage.MOneofCase.Delta;

    private static IEnumerable<ulong> Seqs(IEnumerable<ServerMessage> messages) =>
        messages.Where(IsDelta).Select(message => message.Seq);

    private int Take(ulong from) => _channel.Read(from, new StreamMessage?[1]);

    private void Publish(int count, int bytes = 3)
    {
        var value = new byte[bytes];
        var batch = new List<StreamMessage?>();
        for (var i = 0; i < count; i++) batch.Add(_log.Append(StreamMessage.Of(_log.End, "k"u8, value)));
        _channel.Publish(batch, _served.NowMs);
    }
}
