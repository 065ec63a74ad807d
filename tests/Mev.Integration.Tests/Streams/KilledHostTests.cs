using Mev.Contracts.V1.Streams;
using Mev.Streaming.Clients;

namespace Mev.Integration.Tests.Streams;

/// <summary>A host that is killed while clients follow its channels, and started again.</summary>
public sealed class KilledHostTests : IDisposable
{
    private const string Channel = "audit/1";
    private const int Kills = 2;
    private const int BetweenKills = 60;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("killed-stream-");

    [Fact]
    public async Task A_client_that_follows_over_kills_has_every_record_once_and_in_order()
    {
        var ports = Programs.FreePorts(3);
        var url = new Uri($"http://127.0.0.1:{ports[0]}");
        var follower = new StreamFollower(Channel, new RecordFilter { FromSeq = 0 });
        var received = new List<(ulong Seq, string Leaf)>();
        using var ended = new CancellationTokenSource();
        var waits = 0;
        var client = new StreamClient(url, TimeProvider.System) { Waiting = _ => Interlocked.Increment(ref waits) };
        var following = Task.Run(() => Follow(client, follower, received, int.MaxValue, ended.Token));
        for (var start = 0; start <= Kills; start++)
        {
            await using var host = await HostProcess.StartAt(ports, _folder.FullName, HostProcess.Generator(1_000_000));
            var before = Count(received);
            await host.Until(() => Count(received) >= before + BetweenKills);
            if (start < Kills) continue; // disposed with SIGKILL, in the middle of everything
            List<(ulong Seq, string Leaf)> seen;
            lock (received) seen = [.. received];
            Assert.Equal(Enumerable.Range(0, seen.Count).Select(i => (ulong)i), seen.Select(each => each.Seq));
            var fresh = new List<(ulong Seq, string Leaf)>();
            await Follow(
                new StreamClient(url, TimeProvider.System),
                new StreamFollower(Channel, new RecordFilter { FromSeq = 0 }), fresh, seen.Count, default);
            Assert.Equal(fresh, seen);
        }
        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
        Assert.True(waits >= Kills);
        Assert.Equal(1, follower.Epochs); // the log is the same one
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static int Count(List<(ulong Seq, string Leaf)> received)
    {
        lock (received) return received.Count;
    }

    private static async Task Follow(
        StreamClient client, StreamFollower follower, List<(ulong Seq, string Leaf)> into, int count,
        CancellationToken cancellationToken)
    {
        await foreach (var followed in client.Follow(follower, cancellationToken))
        {
            if (followed.Step == FollowStep.Progress) continue;
            if (followed.Message.Error is not null) continue; // its first record is not there yet
            Assert.Equal(FollowStep.Value, followed.Step);
            var header = RecordHeader.Parser.ParseFrom(followed.Message.Delta.Entry.Value);
            lock (into) into.Add((followed.Message.Seq, Convert.ToHexString(header.LeafHash.Span)));
            if (into.Count == count) return;
        }
    }
}
