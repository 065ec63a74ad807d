using System.Collections.Concurrent;
using Google.Protobuf;
using Mev.Contracts.V1.Streams;
using Mev.Streaming.Clients;

namespace Mev.Integration.Tests.Streams;

/// <summary>A client that stops reading, over a real socket.</summary>
public sealed class SlowConsumerTests
{
    private const string Channel = "audit/1";
    private const int Batch = 20_000;

    /// <summary>Some 130 bytes each: they fill the sockets of loopback and what it may be behind.</summary>
    private const int Records = 400_000;

    [Fact]
    public async Task It_is_closed_with_its_place_goes_on_from_there_without_loss_and_nobody_else_waits()
    {
        await using var server = await StreamServer.Start(("SendTimeout", "00:00:30"));
        using var stalled = await RawClient.Subscribed(server.Url, new Subscribe { Id = 1, Channel = Channel });
        var first = (await ReadUntil(stalled, message => message.Subscribed is not null)).Subscribed;
        var others = new ConcurrentQueue<ulong>();
        var following = Follow(server.Url, first.NextSeq, others);
        for (var sent = 0; sent < Records; sent += Batch)
        {
            await server.Append(Batch);
            await StreamServer.Until(() => others.Count >= sent + Batch); // on a slow machine this one is none, too
        }
        await following; // everything, while the first one reads nothing
        Assert.Equal(Seqs(first.NextSeq, Records), others);

        var got = (await stalled.ReadToEnd()).Where(message => message.Delta is not null).Select(message => message.Seq)
            .ToList();
        Assert.Equal(4008, stalled.CloseCode);
        var token = stalled.CloseReason.Split(' ', ':');
        Assert.Equal("slow_consumer", token[0]);
        Assert.Equal(first.Epoch.ToByteArray(), Convert.FromHexString(token[1]));
        Assert.Equal(got[^1], ulong.Parse(token[2], System.Globalization.CultureInfo.InvariantCulture));
        Assert.InRange(got.Count, 1, Records - 1);

        var resume = new Resume { Epoch = ByteString.CopyFrom(Convert.FromHexString(token[1])), Seq = got[^1] };
        using var again = await RawClient.Subscribed(
            server.Url, new Subscribe { Id = 1, Channel = Channel, Resume = resume });
        while (got.Count < Records)
            got.AddRange((await again.Read())!.Where(message => message.Delta is not null).Select(m => m.Seq));
        Assert.Equal(Seqs(first.NextSeq, Records), got);
        stalled.Dispose();
        await StreamServer.Until(() => server.Count("stream.behind") == 1);
    }

    [Fact]
    public async Task Who_takes_no_frame_within_the_time_is_cut_off()
    {
        await using var server = await StreamServer.Start(("SendTimeout", "00:00:00.300"));
        using var stalled = await RawClient.Subscribed(
            server.Url, new Subscribe { Id = 1, Channel = Channel, Filter = FromStart });
        await server.Append(Records);
        await StreamServer.Until(() => server.Hub.Clients == 0);
        Assert.Null(stalled.CloseCode);
    }

    private static ByteString FromStart => new RecordFilter { FromSeq = 0 }.ToByteString();

    private static IEnumerable<ulong> Seqs(ulong from, int count) =>
        Enumerable.Range(0, count).Select(i => from + (ulong)i);

    private static async Task<ServerMessage> ReadUntil(RawClient client, Func<ServerMessage, bool> isIt)
    {
        while (true)
            if ((await client.Read())!.FirstOrDefault(isIt) is { } found) return found;
    }

    private static async Task Follow(Uri url, ulong from, ConcurrentQueue<ulong> seqs)
    {
        var follower = new StreamFollower(Channel, new RecordFilter { FromSeq = from });
        await foreach (var followed in new StreamClient(url, TimeProvider.System).Follow(follower))
        {
            Assert.True(followed.Step is FollowStep.Progress or FollowStep.Value, $"{followed}");
            if (followed.Step == FollowStep.Value) seqs.Enqueue(followed.Message.Seq);
            if (seqs.Count == Records) break;
        }
    }
}
