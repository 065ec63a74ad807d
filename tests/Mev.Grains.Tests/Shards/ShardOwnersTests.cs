using System.Net;

namespace Mev.Grains.Tests.Shards;

public sealed class ShardOwnersTests
{
    private const int Shards = 8;

    [Fact]
    public void Who_is_alone_or_not_among_the_living_owns_all()
    {
        Assert.Equal(Enumerable.Range(0, Shards), Owners.Alone.Mine(Shards));
        Assert.Equal(Enumerable.Range(0, Shards), Owners.Among(() => []).Mine(Shards));
    }

    [Fact]
    public void With_another_silo_it_owns_a_part_and_all_again_once_that_is_dead()
    {
        SiloAddress[] living = [SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11_112), 1)];
        var owners = Owners.Among(() => living);
        Assert.InRange(owners.Mine(Shards).Length, 1, Shards - 1);

        living = [];

        Assert.Equal(Shards, owners.Mine(Shards).Length);
    }
}
