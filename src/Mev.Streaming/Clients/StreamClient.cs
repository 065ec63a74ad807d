using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Mev.Contracts.V1.Streams;

namespace Mev.Streaming.Clients;

/// <summary>
/// Follows a channel over any number of connections: after each break it goes on from its place, with waits that double
/// from 100 ms to 5 s and are spread by chance.
/// </summary>
/// <param name="gateway">Address of the gateway, http or https.</param>
/// <param name="time">The clock.</param>
public sealed class StreamClient(Uri gateway, TimeProvider time)
{
    private const uint SubscriptionId = 1;
    private const int WaitLeastMs = 100;
    private const int WaitMostMs = 5_000;

    /// <summary>The token of a session that each connection is opened with. Default none.</summary>
    public string Token { get; init; } = "";

    /// <summary>Told at each break that it waits and why.</summary>
    public Action<string> Waiting { get; init; } = static _ => { };

    /// <summary>Messages of the channel as they come, heartbeats left out.</summary>
    /// <exception cref="StreamEndedException">The server refuses, and trying again does not change it.</exception>
    public async IAsyncEnumerable<FollowedMessage> Follow(
        StreamFollower follower, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var wait = WaitLeastMs; ; wait = Math.Min(2 * wait, WaitMostMs))
        {
            var refusal = default(string);
            await using var connection = new StreamConnection(gateway, Token, time);
            var isOpen = await connection.Open(follower.Request(SubscriptionId), cancellationToken);
            while (isOpen && await connection.Next(cancellationToken) is { } message)
            {
                if (message.Heartbeat is { } heartbeat)
                {
                    foreach (var last in heartbeat.Last)
                        if (last.Id == SubscriptionId) follower.Complete(last.Seq);
                    continue;
                }
                if (message.Id != SubscriptionId && message.Error?.Id != SubscriptionId) continue;
                var step = follower.Apply(message);
                if (step == FollowStep.Refused) refusal = Temporary(message.Error);
                if (step == FollowStep.Diverged) follower.Forget();
                yield return new FollowedMessage(message, step);
                if (step is FollowStep.Broken or FollowStep.Diverged or FollowStep.Refused) break;
                wait = WaitLeastMs;
            }
            ThrowIfFinal(connection);
            Waiting(refusal ?? connection.Ended);
            await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(wait)), time, cancellationToken);
        }
    }

    /// <summary>What a refusal says that may be over when it is asked again.</summary>
    private static string Temporary(Error error) => error.Code == "channel_unavailable"
        ? error.Message
        : throw new StreamEndedException($"{error.Code}: {error.Message}");

    private static void ThrowIfFinal(StreamConnection connection)
    {
        if (connection.CloseCode is 4002 or 4003 or 4004 or 4007)
            throw new StreamEndedException($"the gateway closed the stream: {connection.Ended}");
    }
}
