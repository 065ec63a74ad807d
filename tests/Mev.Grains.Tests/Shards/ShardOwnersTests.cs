using System.Net;

namespace Mev.Grains.Tests.Shards;

public sealed class ShardOwnersTests
{
    private const int Shards = 8;

    private static readonly SiloAddress Other = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11_112), 1);

    [Fact]
    public void Who_is_alone_or_not_among_the_living_owns_all()
    {
        Assert.Equal(Enumerable.Range(0, Shards), Owners.Alone.Mine(Shards));
        Assert.Equal(Enumerable.Range(0, Shards), Owners.Among(() => [], () => []).Mine(Shards));
    }

    [Fact]
    public void With_another_silo_it_owns_a_part_and_all_again_once_that_is_dead()
    {
        SiloAddress[] living = [Other];
        var owners = Owners.Among(() => living, () => [Other]);
        Assert.InRange(owners.Mine(Shards).Length, 1, Shards - 1);

        living = [];

        Assert.Equal(Shards, owners.Mine(Shards).Length);
    }

    [Fact]
    public void A_silo_that_cannot_have_shards_or_is_not_known_to_owns_none()
    {
        SiloAddress[] able = [];
        var owners = Owners.Among(() => [Other], () => able);
        Assert.Equal(Shards, owners.Mine(Shards).Length);

        able = [Other];

        Assert.InRange(owners.Mine(Shards).Length, 1, Shards - 1);
    }
}
