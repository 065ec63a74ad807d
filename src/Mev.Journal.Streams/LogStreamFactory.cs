using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Streams;

namespace Mev.Journal.Streams;

/// <summary>Makes the parts of the provider, one of each for each partition, which to Orleans is a queue.</summary>
internal sealed class LogStreamFactory : IQueueAdapterFactory, IQueueAdapterCache
{
    private readonly string _name;
    private readonly IServiceProvider _services;
    private readonly LogStreamOptions _options;
    private readonly HashRingBasedStreamQueueMapper _mapper;
    private readonly ConcurrentDictionary<QueueId, StreamPartition> _partitions = [];

    /// <exception cref="OptionsValidationException">Bad options.</exception>
    public LogStreamFactory(string name, IServiceProvider services, IOptionsMonitor<LogStreamOptions> options)
    {
        (_name, _services, _options) = (name, services, options.Get(name));
        _mapper = new(new HashRingStreamQueueMapperOptions { TotalQueueCount = _options.Partitions }, name);
    }

    public Task<IQueueAdapter> CreateAdapter() => Task.FromResult<IQueueAdapter>(new LogStreamAdapter(
        _name, _options, _mapper, Get<IPartitionedLog>(), Get<Serializer>(), Get<TimeProvider>(),
        queue => _partitions[queue]));

    public IQueueAdapterCache GetQueueAdapterCache() => this;

    public IStreamQueueMapper GetStreamQueueMapper() => _mapper;

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
        Task.FromResult<IStreamFailureHandler>(new FailedDelivery(
            () => _partitions[queueId], Get<DeadLetters>(), Get<IHostApplicationLifetime>(), Get<TimeProvider>()));

    /// <summary>A silo that gets a partition asks for its cache first, then for its receiver: they are one.</summary>
    public IQueueCache CreateQueueCache(QueueId queueId) => _partitions[queueId] = new StreamPartition(
        _options.At((int)queueId.GetNumericId()), _options,
        new StreamReader(Get<IPartitionedLog>(), Get<Serializer>(), Get<DeadLetters>(), _options.ChunkRecordsMax),
        _services.GetRequiredKeyedService<IStreamQueueCheckpointerFactory>(_name), Get<TimeProvider>(),
        Get<ILogger<StreamPartition>>());

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();
}
