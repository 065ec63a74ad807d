using System.Net;
using Mev.Fixtures;
using Mev.Grains.Shards;

namespace Mev.Grains.Tests.Shards;

/// <summary>Owners of shards without a silo.</summary>
internal static class Owners
{
    private static readonly SiloAddress Self = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11_111), 1);

    /// <summary>Of the only silo.</summary>
    public static ShardOwners Alone { get; } = Among(() => [Self]);

    /// <summary>Of a silo that knows these to be alive.</summary>
    public static ShardOwners Among(Func<SiloAddress[]> living) => new(Fakes.Of<ISiloStatusOracle>(
        (method, _) => method.Name == "get_SiloAddress" ? Self : living()));
}
