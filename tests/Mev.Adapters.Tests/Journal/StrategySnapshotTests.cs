using System.Collections.Immutable;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Limits;
using Mev.Journal.Strategies;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Mev.Adapters.Tests.Journal;

/// <summary>Snapshots of earlier versions are read for what they still mean.</summary>
public sealed class StrategySnapshotTests
{
    [Fact]
    public async Task Failures_that_an_earlier_version_kept_by_pools_are_dropped_and_all_else_is_there()
    {
        await using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        var failure = new CycleFailures(Digest.Of([1]), OutcomeCause.Bug, 3, new Slot(7));
        var before = serializer.SerializeToArray(new SnapshotByPools
        {
            NextOffset = 5,
            Reasons = [1, 2],
            Failures = [failure],
        });

        var read = serializer.Deserialize<StrategySnapshot>(before)!;

        Assert.Empty(read.Failures);
        Assert.Equal((5, 2), (read.NextOffset, read.Reasons.Length));
        var now = serializer.SerializeToArray(read with { Failures = [failure] });
        Assert.Equal([failure], serializer.Deserialize<StrategySnapshot>(now)!.Failures);
    }

    /// <summary>As it was saved while a cycle was named by its pools, with fewer fields.</summary>
    [GenerateSerializer, Immutable, Alias("test.snapshot-by-pools")]
    internal sealed record SnapshotByPools
    {
        [Id(2)] public long NextOffset { get; init; }

        [Id(6)] public ImmutableArray<long> Reasons { get; init; } = [];

        [Id(11)] public ImmutableArray<CycleFailures> Failures { get; init; } = [];
    }
}
