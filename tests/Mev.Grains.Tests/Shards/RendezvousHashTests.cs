using System.Net;
using CsCheck;
using Mev.Grains.Shards;

namespace Mev.Grains.Tests.Shards;

public sealed class RendezvousHashTests
{
    private const int Shards = 64;

    private static readonly Gen<IPEndPoint[]> Silos = Gen.Select(Gen.UInt, Gen.Int[1, 65_535])
        .Select((address, port) => new IPEndPoint(address, port)).ArrayUnique[2, 12];

    [Fact]
    public void Whoever_comes_takes_shards_and_no_other_moves() => Silos.Sample(silos =>
    {
        var (before, newcomer) = (silos[..^1], silos[^1]);
        for (var shard = 0; shard < Shards; shard++)
        {
            var (was, now) = (Owner(shard, before), Owner(shard, silos));
            Assert.True(now.Equals(was) || now.Equals(newcomer));
        }
    });

    [Fact]
    public void The_order_in_which_silos_are_known_does_not_matter() =>
        Gen.Select(Silos, Gen.Int[0, Shards - 1]).Sample((silos, shard) =>
            Assert.Equal(Owner(shard, silos), Owner(shard, [.. silos.Reverse()])));

    [Fact]
    public void Each_of_three_silos_owns_about_a_third()
    {
        var silos = Enumerable.Range(0, 3).Select(i => new IPEndPoint(IPAddress.Parse($"10.0.0.{i + 4}"), 11_111));
        var owned = Enumerable.Range(0, 30_000).CountBy(shard => Owner(shard, [.. silos])).ToList();
        Assert.Equal(3, owned.Count);
        Assert.All(owned, silo => Assert.InRange(silo.Value, 9_500, 10_500));
    }

    /// <summary>Silos of two builds have to find the same.</summary>
    [Fact]
    public void Owners_are_what_they_were()
    {
        IPEndPoint[] silos = [new(IPAddress.Loopback, 11_111), new(IPAddress.Loopback, 11_112)];
        Assert.Equal(
            "0110001010110110",
            string.Concat(Enumerable.Range(0, 16).Select(shard => RendezvousHash.Owner(shard, silos))));
    }

    private static IPEndPoint Owner(int shard, IPEndPoint[] silos) => silos[RendezvousHash.Owner(shard, silos)];
}
