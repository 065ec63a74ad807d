using Mev.Contracts.V1.Streams;
using Mev.Streaming.Connections;
using Mev.Streaming.Frames;

namespace Mev.Streaming.Tests.Connections;

/// <summary>What a connection is told and what ends it.</summary>
public sealed class StreamSessionTests
{
    private readonly Served _served = new();
    private readonly ListLog _log = new();

    [Fact]
    public void Without_a_subscription_it_ends_after_5_s()
    {
        var session = _served.Connect();
        Assert.Equal(ServerMessage.MOneofCase.Welcome, Assert.Single(_served.Frame(session)).MCase);
        _served.NowMs = 4_999;
        _ = _served.Frame(session);
        Assert.Null(session.Close);
        _served.NowMs = 5_000;
        _ = _served.Frame(session);
        Assert.Equal(StreamClose.HelloTimeout, session.Close);
    }

    [Theory]
    [InlineData("used", 1, 4003)]
    [InlineData("", 2, 4002)]
    [InlineData("", 0, 4002)]
    public void A_bad_hello_ends_it(string ticket, uint protocol, int code)
    {
        var session = new StreamSession("c", _served.Bounds, _served, _served, _served.Now);
        session.Receive(Served.Hello(ticket, protocol), _served.Now);
        Assert.Empty(_served.Frame(session));
        Assert.Equal(code, session.Close?.Code);
    }

    [Fact]
    public void What_comes_before_the_hello_a_second_one_and_no_message_end_it()
    {
        var early = new StreamSession("c", _served.Bounds, _served, _served, _served.Now);
        early.Receive(Served.Subscribe(1, "x"), _served.Now);
        _ = _served.Frame(early);
        var twice = _served.Connect(Served.Hello());
        _ = _served.Frame(twice);
        var nothing = _served.Connect();
        nothing.Receive(null, _served.Now);
        Assert.All([early, twice, nothing], session => Assert.Equal(StreamClose.BadMessage, session.Close));
    }

    [Fact]
    public void The_sixth_message_in_a_second_ends_it()
    {
        var session = _served.Connect(Enumerable.Range(1, 4).Select(id => Served.Subscribe((uint)id, "none")));
        _ = _served.Frame(session);
        Assert.Null(session.Close);
        _served.NowMs = 999;
        session.Receive(Served.Subscribe(6, "none"), _served.Now);
        Assert.Equal(StreamClose.RateLimited, session.Close);
    }

    [Fact]
    public void One_channel_more_than_1024_ends_it()
    {
        _served.Bounds = _served.Bounds with { MessagesPerSecondMax = 2_000 };
        var session = _served.Connect();
        for (var id = 1U; id <= 1_024; id++)
        {
            _ = _served.Conflated($"state-{id}");
            session.Receive(Served.Subscribe(id, $"state-{id}"), _served.Now);
            if (id % 50 == 0) _ = _served.Drain(session);
        }
        _ = _served.Drain(session);
        Assert.Null(session.Close);
        session.Receive(Served.Subscribe(1_025, "state-1"), _served.Now);
        _ = _served.Drain(session);
        Assert.Equal(StreamClose.RateLimited, session.Close);
    }

    /// <summary>Each holds a page or a snapshot of its own.</summary>
    [Fact]
    public void One_channel_is_had_four_times_and_no_more()
    {
        _ = _served.Conflated("state");
        var session = _served.Connect();
        for (var id = 1U; id <= 5; id++)
        {
            _served.NowMs += 1_000;
            session.Receive(Served.Subscribe(id, "state"), _served.Now);
        }
        var answers = _served.Drain(session);
        Assert.Equal(4, answers.Count(message => message.Subscribed is not null));
        var refused = answers.Single(message => message.Error is not null).Error;
        Assert.Equal((5U, "channel_repeated"), (refused.Id, refused.Code));
        Assert.Null(session.Close);
    }

    [Fact]
    public void Messages_that_wait_for_a_client_that_does_not_read_are_bounded()
    {
        _served.Bounds = _served.Bounds with { MessagesPerSecondMax = 2_000 };
        var session = _served.Connect();
        for (var id = 1U; id < 64; id++) session.Receive(Served.Subscribe(id, "state"), _served.Now);
        Assert.Null(session.Close);
        session.Receive(Served.Subscribe(64, "state"), _served.Now);
        Assert.Equal(StreamClose.RateLimited, session.Close);
    }

    [Fact]
    public void A_ping_that_is_not_answered_ends_it_and_an_answered_one_does_not()
    {
        _ = _served.Conflated("state");
        var silent = _served.Connect(Served.Subscribe(1, "state"));
        var alive = _served.Connect(Served.Subscribe(1, "state"));
        _ = _served.Drain(silent);
        _ = _served.Drain(alive);
        _served.NowMs = 20_000;
        Assert.Contains(_served.Frame(silent), message => message.MCase == ServerMessage.MOneofCase.Ping);
        var token = _served.Frame(alive).Single(message => message.MCase == ServerMessage.MOneofCase.Ping).Ping.Token;
        alive.Receive(new ClientMessage { Pong = new Pong { Token = token } }, _served.Now);
        _served.NowMs = 30_000;
        _ = _served.Frame(silent);
        _ = _served.Frame(alive);
        Assert.Equal(StreamClose.NoPong, silent.Close);
        Assert.Null(alive.Close);
    }

    [Fact]
    public void After_a_day_it_ends()
    {
        _ = _served.Conflated("state");
        _served.Bounds = _served.Bounds with { PingInterval = TimeSpan.FromDays(2) };
        var session = _served.Connect(Served.Subscribe(1, "state"));
        _ = _served.Drain(session);
        _served.NowMs = 86_400_000;
        _ = _served.Frame(session);
        Assert.Equal(StreamClose.MaxAge, session.Close);
    }

    [Theory]
    [InlineData("none", 1, "channel_unknown")]
    [InlineData("log", 0, "id_taken")]
    public void A_subscription_that_cannot_be_is_refused_by_name_and_the_others_go_on(
        string channel, uint id, string code)
    {
        _ = _served.Lossless("log", _log, 0);
        var session = _served.Connect(Served.Subscribe(9, "log"), Served.Subscribe(id, channel));
        var error = _served.Drain(session).Single(message => message.MCase == ServerMessage.MOneofCase.Error).Error;
        Assert.Equal((code, id), (error.Code, error.Id));
        Assert.Null(session.Close);
    }

    [Fact]
    public void A_heartbeat_each_second_says_how_far_each_subscription_is_complete()
    {
        var log = _served.Lossless("log", _log, 0);
        _served.Conflated("state").Publish("k"u8, "v"u8);
        log.Publish([_log.Append(null), _log.Append(null), _log.Append(null)], 0);
        var session = _served.Connect(
            Served.Subscribe(1, "log", filter: new RecordFilter { FromSeq = 0 }), Served.Subscribe(2, "state"));
        _ = _served.Drain(session);
        _served.NowMs = 1_000;
        var messages = _served.Frame(session);
        Assert.Equal(ServerMessage.MOneofCase.Check, messages[0].MCase);
        Assert.Equal(
            [new ChannelSeq { Id = 1, Seq = 2 }, new ChannelSeq { Id = 2, Seq = 1 }], messages[1].Heartbeat.Last);
        Assert.Empty(_served.Frame(session));
    }

    [Fact]
    public void A_log_that_cannot_be_read_ends_its_subscription_and_no_other()
    {
        for (var i = 0UL; i < 10; i++) _log.Append(StreamMessage.Of(i, "k"u8, "v"u8));
        _ = _served.Lossless("log", _log, 10);
        _served.Conflated("state").Publish("k"u8, "v"u8);
        _log.Outage = "the disk is full";
        var session = _served.Connect(
            Served.Subscribe(1, "log", filter: new RecordFilter { FromSeq = 0 }), Served.Subscribe(2, "state"));
        var messages = _served.Drain(session);
        Assert.Equal("the disk is full", messages.Single(m => m.MCase == ServerMessage.MOneofCase.Error).Error.Message);
        Assert.Contains(messages, message => message.MCase == ServerMessage.MOneofCase.Snapshot);
        Assert.Null(session.Close);
    }

    [Fact]
    public void A_host_that_ends_says_so_before_it_closes()
    {
        _ = _served.Conflated("state");
        var session = _served.Connect(Served.Subscribe(1, "state"));
        _ = _served.Drain(session);
        session.Drain(TimeSpan.FromSeconds(2));
        Assert.Equal(2_000U, Assert.Single(_served.Frame(session)).Draining.ReconnectAfterMs);
        session.End(StreamClose.Draining);
        session.End(StreamClose.BadMessage);
        Assert.Equal(4009, session.Close?.Code);
    }
}
