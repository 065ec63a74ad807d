using System.Collections.Immutable;
using System.Net;
using Mev.Fixtures;
using Mev.Grains.Shards;
using Orleans.Metadata;

namespace Mev.Grains.Tests.Shards;

/// <summary>Owners of shards without a silo.</summary>
internal static class Owners
{
    private static readonly SiloAddress Self = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11_111), 1);

    /// <summary>Of the only silo.</summary>
    public static ShardOwners Alone { get; } = Among(() => [Self], () => [Self]);

    /// <summary>Of a silo that knows these to be alive, and of those that they can have shards.</summary>
    public static ShardOwners Among(Func<SiloAddress[]> living, Func<SiloAddress[]> able) => new(
        Fakes.Of<ILocalSiloDetails>((_, _) => Self),
        Fakes.Of<IClusterMembershipService>((_, _) => new ClusterMembershipSnapshot(
            living().ToImmutableDictionary(silo => silo, silo => new ClusterMember(silo, SiloStatus.Active, "silo")),
            new MembershipVersion(1))),
        Fakes.Of<IClusterManifestProvider>((_, _) => new ClusterManifest(
            new MajorMinorVersion(1, 0),
            able().ToImmutableDictionary(silo => silo, _ => new GrainManifest(
                ImmutableDictionary<GrainType, GrainProperties>.Empty.Add(
                    GrainType.Create("market-shard"),
                    new GrainProperties(ImmutableDictionary.Create<string, string>(StringComparer.Ordinal))),
                ImmutableDictionary<GrainInterfaceType, GrainInterfaceProperties>.Empty)))));
}
