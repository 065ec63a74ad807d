using System.Collections.Immutable;
using System.Net;
using Orleans.Metadata;

namespace Mev.Grains.Shards;

/// <summary>
/// Which market shards belong to this silo, by the newest membership that it knows. A silo that is alone owns all; one
/// that does not find itself among the living counts itself too: a shard that two drain for a moment is found twice,
/// one that nobody drains is lost. A silo of which it is not known that it can have shards owns none.
/// </summary>
public sealed class ShardOwners(
    ILocalSiloDetails self, IClusterMembershipService membership, IClusterManifestProvider manifests)
{
    private static readonly GrainType Shard = GrainType.Create("market-shard"); // as the grain says

    private Owned? _owned;

    /// <summary>
    /// The first number of this silo's drains: no two silos number alike, so that a shard that moves never takes the
    /// drain of one for that of the other.
    /// </summary>
    public long FirstDrain { get; } = (long)(uint)self.SiloAddress.GetConsistentHashCode() << 32;

    /// <summary>
    /// The numbers of this silo's shards, ascending. Looked up again where membership changed; else nothing is
    /// allocated.
    /// </summary>
    /// <param name="shards">How many the market has.</param>
    public ImmutableArray<int> Mine(int shards)
    {
        var (members, manifest) = (membership.CurrentSnapshot, manifests.Current);
        var known = Volatile.Read(ref _owned);
        if (known is not null && known.Shards == shards && ReferenceEquals(known.Members, members)
            && ReferenceEquals(known.Manifest, manifest))
        {
            return known.Mine;
        }
        var owned = new Owned(members, manifest, shards, Of(shards, members, manifest));
        Volatile.Write(ref _owned, owned);
        return owned.Mine;
    }

    private ImmutableArray<int> Of(int shards, ClusterMembershipSnapshot members, ClusterManifest manifest)
    {
        var endpoint = self.SiloAddress.Endpoint;
        IPEndPoint[] all =
        [
            endpoint,
            .. members.Members.Values.Where(silo => silo.Status == SiloStatus.Active)
                .Select(silo => silo.SiloAddress).Where(CanHaveShards)
                .Select(silo => silo.Endpoint).Where(other => !other.Equals(endpoint)),
        ];
        return [.. Enumerable.Range(0, shards).Where(shard => RendezvousHash.Owner(shard, all) == 0)];

        bool CanHaveShards(SiloAddress silo) =>
            manifest.Silos.TryGetValue(silo, out var known) && known.Grains.ContainsKey(Shard);
    }

    private sealed record Owned(
        ClusterMembershipSnapshot Members, ClusterManifest Manifest, int Shards, ImmutableArray<int> Mine);
}
