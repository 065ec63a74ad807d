using System.Net;
using System.Net.WebSockets;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Mev.Contracts.V1.Streams;
using Mev.Fixtures;

namespace Mev.Integration.Tests.Streams;

/// <summary>How connections are taken, refused and ended.</summary>
public sealed class StreamEndpointTests
{
    [Theory]
    [InlineData("https://evil.example", "mev.v1", HttpStatusCode.Forbidden)]
    [InlineData(null, "other", HttpStatusCode.BadRequest)]
    public async Task A_strange_page_and_another_protocol_are_refused(
        string? origin, string subprotocol, HttpStatusCode status)
    {
        await using var server = await StreamServer.Start();
        var failure = await Assert.ThrowsAsync<WebSocketException>(
            () => RawClient.Connect(server.Url, origin, subprotocol));
        Assert.Contains($"{(int)status}", failure.Message, StringComparison.Ordinal);
        using var own = await RawClient.Connect(server.Url, $"http://{server.Url.Authority}");
        Assert.Null(own.CloseCode);
    }

    [Fact]
    public async Task Clients_and_connections_beyond_the_bounds_are_refused_and_counted()
    {
        await using var server = await StreamServer.Start(("ClientsMax", "2"), ("ConnectsPerFiveMinutes", "4"));
        using var one = await RawClient.Connect(server.Url);
        using var two = await RawClient.Connect(server.Url);
        Assert.Contains("503", await Refused(server), StringComparison.Ordinal);
        Assert.Equal(1, server.Count("stream.clients"));
        Assert.Contains("503", await Refused(server), StringComparison.Ordinal);
        Assert.Contains("429", await Refused(server), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WebSocketMessageType.Text, 2)]
    [InlineData(WebSocketMessageType.Binary, 3)]
    [InlineData(WebSocketMessageType.Binary, 65_537)]
    [InlineData(WebSocketMessageType.Binary, 1_000_000)]
    public async Task What_is_no_message_closes_the_connection(WebSocketMessageType type, int bytes)
    {
        await using var server = await StreamServer.Start();
        using var client = await RawClient.Connect(server.Url);
        try
        {
            await client.Send(new byte[bytes], type);
        }
        catch (WebSocketException)
        {
            // closed while it was sending
        }
        await client.ReadToEnd();
        Assert.Equal(4007, client.CloseCode);
    }

    [Fact]
    public async Task Who_says_nothing_is_closed_after_5_s_and_who_says_too_much_at_once()
    {
        await using var server = await StreamServer.Start();
        using var silent = await RawClient.Connect(server.Url);
        using var early = await RawClient.Connect(server.Url);
        await early.Send(new ClientMessage { Unsubscribe = new Unsubscribe { Id = 1 } });
        await early.ReadToEnd();
        await silent.ReadToEnd();
        Assert.Equal((4007, 4001), (early.CloseCode, silent.CloseCode)); // the first was no hello
        using var greeting = await RawClient.Subscribed(server.Url, new Subscribe { Id = 1, Channel = "audit/1" });
        for (var id = 2U; id < 8; id++)
            await greeting.Send(new ClientMessage { Unsubscribe = new Unsubscribe { Id = id } });
        await greeting.ReadToEnd();
        Assert.Equal(4006, greeting.CloseCode);
        greeting.Dispose();
        await StreamServer.Until(() => server.Count("stream.requests") == 1);
    }

    [Fact]
    public async Task A_host_that_ends_tells_its_clients_and_closes_them()
    {
        await using var server = await StreamServer.Start(("DrainTime", "00:00:00.200"));
        using var client = await RawClient.Subscribed(server.Url, new Subscribe { Id = 1, Channel = "audit/1" });
        Assert.NotNull(await client.Read());
        var stopping = server.Stop();
        var messages = await client.ReadToEnd();
        Assert.Contains(messages, message => message.Draining is { ReconnectAfterMs: 200 });
        Assert.Equal(4009, client.CloseCode);
        await stopping;
    }

    [Fact]
    public async Task A_log_that_cannot_be_read_is_told_and_the_channel_is_there_again_afterwards()
    {
        await using var server = await StreamServer.Start();
        server.Log.Outage = "the disk is gone";
        using var client = await RawClient.Subscribed(server.Url, new Subscribe { Id = 1, Channel = "audit/1" });
        var error = (await client.Read())!.Single(message => message.Error is not null).Error;
        Assert.Equal(("channel_unavailable", "the disk is gone"), (error.Code, error.Message));
        server.Log.Outage = null;
        await client.Send(new ClientMessage { Subscribe = new Subscribe { Id = 2, Channel = "audit/1" } });
        Assert.Contains((await client.Read())!, message => message.Subscribed is not null);
    }

    [Fact]
    public async Task Hostile_bytes_over_the_socket_end_connections_and_nothing_else()
    {
        await using var server = await StreamServer.Start(("ConnectsPerFiveMinutes", "100000"));
        var seed = (uint)Soak.Seed;
        for (var i = 0; i < Soak.Times(150, 5_000); i++)
        {
            using var client = await RawClient.Connect(server.Url);
            await client.Send(new ClientMessage { Hello = new Hello { Protocol = 1 } });
            var bytes = new byte[1 + (seed >> 8) % 200];
            for (var at = 0; at < bytes.Length; at++)
            {
                seed = seed * 1_664_525 + 1_013_904_223;
                bytes[at] = (byte)(seed >> 24);
            }
            await client.Send(bytes);
            await client.ReadToEnd();
            Assert.Equal(4007, client.CloseCode);
        }
        using var good = await RawClient.Subscribed(server.Url, new Subscribe { Id = 1, Channel = "audit/1" });
        Assert.NotNull(await good.Read());
    }

    [Fact]
    public async Task The_service_over_grpc_gives_the_same_messages_and_goes_on_from_a_place()
    {
        await using var server = await StreamServer.Start();
        await server.Append(3_000);
        using var channel = GrpcChannel.ForAddress(server.GrpcUrl);
        var client = new StreamService.StreamServiceClient(channel);
        var all = await Read(client, new Subscribe { Id = 1, Channel = "decisions/1", Filter = FromStart }, 3_001);
        Assert.Equal(Enumerable.Range(0, 3_001).Select(i => (ulong)i), all.Select(message => message.Seq));
        var epoch = (await server.Log.Read(StreamServer.Partition, 0, 1))[0].LeafHash.ToArray();
        var resume = new Resume { Epoch = ByteString.CopyFrom(epoch.AsSpan(0, 16)), Seq = 2_989 };
        var rest = await Read(client, new Subscribe { Id = 1, Channel = "decisions/1", Resume = resume }, 11);
        Assert.Equal(all[^11..], rest);
        var refused = await Assert.ThrowsAsync<RpcException>(
            async () => await client.Subscribe(new SubscribeRequest()).ResponseStream.MoveNext(default));
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
    }

    private static ByteString FromStart => new RecordFilter { FromSeq = 0 }.ToByteString();

    private static async Task<List<ServerMessage>> Read(
        StreamService.StreamServiceClient client, Subscribe request, int count)
    {
        using var call = client.Subscribe(
            new SubscribeRequest { Hello = new Hello { Protocol = 1 }, Subscriptions = { request } });
        var messages = new List<ServerMessage>();
        while (messages.Count < count && await call.ResponseStream.MoveNext(default))
            messages.AddRange(call.ResponseStream.Current.Messages.Where(message => message.Delta is not null));
        return messages;
    }

    private static async Task<string> Refused(StreamServer server) =>
        (await Assert.ThrowsAsync<WebSocketException>(() => RawClient.Connect(server.Url))).Message;
}
