using Mev.Adapters.Kafka;
using Mev.Fixtures;
using Mev.Journal;
using Mev.Journal.Streams;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime.Hosting;
using Orleans.Serialization;
using Orleans.Streams;
using Orleans.TestingHost;

namespace Mev.Adapters.Tests.Streams;

/// <summary>Silos and a client in this process over one log.</summary>
internal sealed class StreamCluster : IAsyncDisposable
{
    public const int Partitions = 4;

    private const string Provider = "log";
    private static readonly KeyValuePair<string, string?>[] Settings =
    [
        new("Streams:Partitions", $"{Partitions}"), new("Streams:ChunkRecordsMax", "64"),
        new("Streams:ChunksMax", "4"), new("Streams:SlowWait", "00:00:00.200"),
    ];

    private readonly InProcessTestCluster _cluster;

    private StreamCluster(InProcessTestCluster cluster) => _cluster = cluster;

    /// <summary>Starts it.</summary>
    /// <param name="log">Where the streams lie.</param>
    /// <param name="kafka">The settings of a log in Kafka whose topics are to be seen to.</param>
    /// <param name="states">The states of its grains, which survive its silos and itself.</param>
    /// <param name="deliverMs">How long an event is tried.</param>
    public static async Task<StreamCluster> Start(
        IPartitionedLog log, KafkaLogOptions? kafka = null, GrainStates? states = null, int deliverMs = 300)
    {
        states ??= new GrainStates();
        var builder = new InProcessTestClusterBuilder(1) { Options = { ServiceId = "mev" } };
        builder.ConfigureHost(host =>
        {
            host.Services.AddSingleton(log);
            if (log is KafkaLog its) host.Services.AddSingleton(its);
            if (kafka is not null) host.Services.AddSingleton(Options.Create(kafka));
            host.Configuration.AddInMemoryCollection(Settings);
        });
        builder.ConfigureSiloHost((_, host) => host.UseOrleans(silo =>
        {
            silo.Configure<ClusterMembershipOptions>(membership =>
            {
                (membership.ProbeTimeout, membership.NumMissedProbesLimit) = (TimeSpan.FromSeconds(1), 2);
                membership.NumVotesForDeathDeclaration = 1;
            });
            silo.Configure<SiloMessagingOptions>(calls => calls.ResponseTimeout = TimeSpan.FromSeconds(3));
            silo.Services.AddGrainStorage(
                ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME,
                (services, _) => new SharedStorage(states, services.GetRequiredService<Serializer>()));
            var section = host.Configuration.GetSection("Streams");
            if (kafka is null) silo.AddLogStreams(Provider, section, Pull);
            else silo.AddKafkaStreams(Provider, section, Pull);
        }));
        builder.ConfigureClientHost(host => host.UseOrleansClient(client =>
        {
            var section = host.Configuration.GetSection("Streams");
            if (kafka is null) client.AddLogStreams(Provider, section);
            else client.AddKafkaStreams(Provider, section);
        }));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new StreamCluster(cluster);

        void Pull(ISiloPersistentStreamConfigurator streams) => streams.ConfigurePullingAgent(
            agent => agent.Configure(pulling =>
            {
                pulling.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(20);
                pulling.MaxEventDeliveryTime = TimeSpan.FromMilliseconds(deliverMs);
            }));
    }

    /// <summary>The partition that a stream lies in, by Orleans' own mapper.</summary>
    public static QueueId QueueOf(string stream) =>
        new HashRingBasedStreamQueueMapper(new() { TotalQueueCount = Partitions }, Provider)
            .GetQueueForStream(StreamId.Create(Notes.Namespace, stream));

    public IAsyncStream<int> Stream(string key) =>
        _cluster.Client.GetStreamProvider(Provider).GetStream<int>(StreamId.Create(Notes.Namespace, key));

    /// <summary>Partitions that each silo pulls from.</summary>
    public async Task<int[]> Shares() => await Task.WhenAll(_cluster.Silos.Select(Share));

    public Task AddOne() => _cluster.StartAdditionalSiloAsync();

    /// <summary>Kills the silo that pulls from the most partitions.</summary>
    public async Task KillBusiest()
    {
        var shares = await Shares();
        await _cluster.KillSiloAsync(_cluster.Silos[shares.IndexOf(shares.Max())]);
    }

    private async Task<int> Share(InProcessSiloHandle silo)
    {
        var services = _cluster.GetSiloServiceProvider(silo.SiloAddress);
        var provider = (IControllable)services.GetRequiredKeyedService<IStreamProvider>(Provider);
        return (int)(await provider.ExecuteCommand(
            (int)PersistentStreamProviderCommand.GetNumberRunningAgents, null!))!;
    }

    public static Task Until(Func<bool> isSo, string what) => Until(() => Task.FromResult(isSo()), what);

    public static Task Until(Func<Task<bool>> isSo, string what) =>
        Patience.Until(isSo, what, TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(20));

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
