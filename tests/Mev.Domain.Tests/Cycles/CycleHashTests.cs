using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Pools;

namespace Mev.Domain.Tests.Cycles;

public sealed class CycleHashTests
{
    private static readonly Hop[] Vector =
        [HopOf(5, SwapDirection.BToA), HopOf(3, SwapDirection.AToB), HopOf(4, SwapDirection.BToA)];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_rotation_of_the_vector_has_its_hash(int rotation)
    {
        Hop[] rotated = [.. Vector[rotation..], .. Vector[..rotation]];
        Assert.Equal("bbad1581e2f98110d26867fb2443f2a30dc748e566a8a3acf80c382e55b0f64d",
            CycleHash.Of(rotated).ToString());
    }

    [Fact]
    public void The_way_back_is_another_cycle()
    {
        Hop[] back = [.. Vector.Reverse().Select(hop => hop with { Direction = Back(hop.Direction) })];
        Assert.NotEqual(CycleHash.Of(Vector), CycleHash.Of(back));
    }

    [Fact]
    public void One_pool_passed_twice_is_rotated_by_what_follows()
    {
        Hop[] hops = [HopOf(3, 0), HopOf(9, 0), HopOf(3, 0), HopOf(4, 0)];
        Assert.Equal(CycleHash.Of(hops), CycleHash.Of([hops[2], hops[3], hops[0], hops[1]]));
    }

    [Fact]
    public void No_hops_have_no_hash() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CycleHash.Of([]));

    private static SwapDirection Back(SwapDirection direction) =>
        direction == SwapDirection.AToB ? SwapDirection.BToA : SwapDirection.AToB;

    private static Hop HopOf(byte key, SwapDirection direction)
    {
        var bytes = new byte[32];
        Array.Fill(bytes, key);
        return new Hop(new PoolId(new Pubkey(bytes)), direction);
    }
}
