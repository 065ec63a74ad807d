using Confluent.Kafka;
using Mev.Journal;

namespace Mev.Adapters.Kafka;

/// <summary>
/// Whether the brokers take records: no from a failed append on, until one that was acknowledged, or until each
/// partition of the audit topic has a leader and enough replicas in sync. It asks only while they do not.
/// </summary>
internal sealed class BrokerProbe : IDisposable
{
    private readonly KafkaLogOptions _options;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private readonly Lock _asking = new();
    private volatile bool _isAvailable = true;
    private bool _isDisposed;
    private IAdminClient? _admin;

    public BrokerProbe(KafkaLogOptions options, TimeProvider time)
    {
        _options = options;
        _timer = time.CreateTimer(_ => Ask(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public bool IsAvailable => _isAvailable;

    public void Succeeded() => _isAvailable = true;

    /// <summary>Begins to ask; whether that is news.</summary>
    public bool Failed()
    {
        lock (_gate)
        {
            if (!_isAvailable || _isDisposed) return false;
            _isAvailable = false;
            Next();
            return true;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _timer.Dispose();
        }
        lock (_asking) _admin?.Dispose();
    }

    // Asking takes its time: whoever reports a failure meanwhile does not wait for it.
    private void Ask()
    {
        lock (_asking)
        {
            lock (_gate)
            {
                if (_isDisposed || _isAvailable) return;
            }
            var hasEnough = HasEnoughReplicas();
            lock (_gate)
            {
                if (hasEnough) _isAvailable = true;
                else if (!_isDisposed) Next();
            }
        }
    }

    private void Next() => _timer.Change(_options.ProbeInterval, Timeout.InfiniteTimeSpan);

    private bool HasEnoughReplicas()
    {
        try
        {
            _admin ??= KafkaClients.Admin(_options);
            var topic = _admin.GetMetadata(_options.TopicPrefix + LogTopics.Audit, _options.ProbeInterval).Topics[0];
            return !topic.Error.IsError && topic.Partitions.TrueForAll(partition =>
                partition.Leader >= 0 && partition.InSyncReplicas.Length >= _options.InSyncReplicasMin);
        }
        catch (KafkaException)
        {
            return false;
        }
    }
}
