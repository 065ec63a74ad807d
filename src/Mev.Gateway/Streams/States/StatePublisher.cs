using System.Collections.Immutable;
using System.Text;
using Google.Protobuf;
using Mev.Contracts.V1.Streams;
using Mev.Grains.Abstractions.Feed;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Abstractions.Shards;
using Mev.Grains.Abstractions.Strategies;
using Mev.Grains.Abstractions.Streams;
using Mev.Journal;
using Mev.Streaming.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mev.Gateway.Streams.States;

/// <summary>
/// Publishes the channels of states as long as somebody reads streams: it observes strategies and shards, asking anew
/// every ten seconds, and looks at policy, feed and journal each second. What it cannot reach is told as stale.
/// </summary>
internal sealed partial class StatePublisher(
    StreamChannels channels, StreamHub hub, IGrainFactory grains, IPartitionedLog log,
    IHostApplicationLifetime lifetime, TimeProvider time, ILogger<StatePublisher> logger)
    : BackgroundService, IStateObserver
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Observation = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(2);

    private IStateObserver? _reference;
    private PlatformState _last = new() { IsStale = true };

    /// <inheritdoc/>
    public ValueTask Strategy(StrategyView view)
    {
        Publish("strategies", view.Parameters.Id, StateMessages.Strategy(view));
        Publish("posteriors", view.Parameters.Id, StateMessages.Posterior(view));
        hub.Tell();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask Pools(ImmutableArray<PoolSummary> pools)
    {
        var channel = channels.State("pools");
        foreach (var pool in pools) channel.Publish(pool.Id.Address.ToArray(), StateMessages.Pool(pool).ToByteArray());
        hub.Tell();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        lifetime.WhileRunning(Tell, stoppingToken);

    private async Task Tell(CancellationToken stoppingToken)
    {
        var (began, observed) = (default(ConflatedChannel), default(long?));
        while (true)
        {
            var isRead = hub.Clients > 0;
            if (isRead)
            {
                if (began != channels.State("state")) // states were let go of, and nobody has told them since
                    (began, observed) = (channels.State("state"), null);
                try
                {
                    var feed = await Publish(stoppingToken);
                    if (observed is null || time.GetElapsedTime(observed.Value) >= Observation)
                    {
                        await Observe(feed, stoppingToken);
                        observed = time.GetTimestamp();
                    }
                }
                catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException)
                    && !stoppingToken.IsCancellationRequested)
                {
                    LogStale(failure.Message);
                    Tell(_last.Clone(), isStale: true);
                }
            }
            await Task.Delay(isRead ? Look : Idle, time, stoppingToken);
        }
    }

    /// <summary>Answers the feed as it was told.</summary>
    private async Task<FeedView> Publish(CancellationToken cancellationToken)
    {
        var policy = await grains.GetGrain<IPolicyGrain>(PolicyKeys.Global).Current().AsTask()
            .WaitAsync(AnswerMax, time, cancellationToken);
        var feed = await grains.GetGrain<IFeedGrain>(FeedKeys.Main).Describe().AsTask()
            .WaitAsync(AnswerMax, time, cancellationToken);
        Publish("limits", PolicyKeys.Global, StateMessages.Limits(policy));
        Tell(
            new PlatformState
            {
                IsStopped = policy.IsStopped,
                PolicyVersion = policy.Version,
                IsJournalAvailable = log.IsAvailable,
                FeedTrouble = feed.Trouble,
            },
            isStale: false);
        return feed;
    }

    private void Tell(PlatformState state, bool isStale)
    {
        (_last, state.IsStale) = (state, isStale);
        Publish("state", "platform", state);
        hub.Tell();
    }

    private async Task Observe(FeedView feed, CancellationToken cancellationToken)
    {
        _reference ??= grains.CreateObjectReference<IStateObserver>(this);
        var asked = feed.Strategies.Select(id => grains.GetGrain<IStrategyGrain>(id).Observe(_reference).AsTask())
            .Concat(Enumerable.Range(0, feed.Shards)
                .Select(shard => grains.GetGrain<IMarketShardGrain>(shard).Observe(_reference).AsTask()));
        await Task.WhenAll(asked).WaitAsync(AnswerMax, time, cancellationToken);
    }

    private void Publish(string channel, string key, IMessage value) =>
        channels.State(channel).Publish(Encoding.UTF8.GetBytes(key), value.ToByteArray());

    [LoggerMessage(6031, LogLevel.Warning, "States of streams are stale, the silo does not answer: {Reason}")]
    private partial void LogStale(string reason);
}
