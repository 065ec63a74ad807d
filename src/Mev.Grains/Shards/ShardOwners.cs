using System.Collections.Immutable;
using System.Net;

namespace Mev.Grains.Shards;

/// <summary>
/// Which market shards belong to this silo, by the newest membership that it knows. A silo that is alone owns all; one
/// that does not find itself among the living counts itself too: a shard that two drain for a moment is found twice,
/// one that nobody drains is lost.
/// </summary>
public sealed class ShardOwners(ISiloStatusOracle silos)
{
    private Owned _owned = new([], -1, []);

    /// <summary>
    /// The first number of this silo's drains: no two silos number alike, so that a shard that moves never takes the
    /// drain of one for that of the other.
    /// </summary>
    public long FirstDrain { get; } = (long)(uint)silos.SiloAddress.GetConsistentHashCode() << 32;

    /// <summary>The numbers of this silo's shards, ascending. Looked up again where membership changed.</summary>
    /// <param name="shards">How many the market has.</param>
    public ImmutableArray<int> Mine(int shards)
    {
        var living = silos.GetActiveSilos();
        var known = Volatile.Read(ref _owned);
        if (known.Shards == shards && living.AsSpan().SequenceEqual(known.Living)) return known.Mine;
        var owned = new Owned(living, shards, Of(shards, living));
        Volatile.Write(ref _owned, owned);
        return owned.Mine;
    }

    private ImmutableArray<int> Of(int shards, SiloAddress[] living)
    {
        var self = silos.SiloAddress.Endpoint;
        IPEndPoint[] all = [self, .. living.Select(silo => silo.Endpoint).Where(endpoint => !endpoint.Equals(self))];
        return [.. Enumerable.Range(0, shards).Where(shard => RendezvousHash.Owner(shard, all) == 0)];
    }

    private sealed record Owned(SiloAddress[] Living, int Shards, ImmutableArray<int> Mine);
}
