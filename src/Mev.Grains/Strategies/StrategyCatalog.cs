using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Mev.Domain.Decisions;
using Microsoft.Extensions.Options;

namespace Mev.Grains.Strategies;

/// <summary>The configured strategies, in the order of their ids, and the journal partition of each.</summary>
public sealed class StrategyCatalog
{
    private readonly SortedDictionary<string, StrategyParameters> _byId = new(StringComparer.Ordinal);
    private readonly int _partitions;

    /// <summary>From the options.</summary>
    /// <exception cref="OptionsValidationException">Two strategies have the same id.</exception>
    public StrategyCatalog(IOptions<TradingOptions> options)
    {
        _partitions = options.Value.StrategyPartitions;
        IReadOnlyList<StrategyOptions> strategies =
            options.Value.Strategies.Count == 0 ? [new StrategyOptions()] : options.Value.Strategies;
        foreach (var strategy in strategies)
        {
            if (_byId.TryAdd(strategy.Id, strategy.ToParameters())) continue;
            throw new OptionsValidationException(
                "Trading", typeof(TradingOptions), [$"Trading:Strategies: id '{strategy.Id}' is used twice"]);
        }
    }

    /// <summary>Ids, ascending.</summary>
    public IReadOnlyCollection<string> Ids => _byId.Keys;

    /// <summary>The parameters of a strategy; null when none of that id is configured.</summary>
    public StrategyParameters? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>
    /// The strategy's partition of the audit topic, 1 to <see cref="TradingOptions.StrategyPartitions"/>.
    /// </summary>
    public int PartitionOf(string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), hash);
        return 1 + (int)(BinaryPrimitives.ReadUInt64BigEndian(hash) % (ulong)_partitions);
    }
}
