using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;
using Mev.Fixtures.Pools;

namespace Mev.Domain.Tests.Feed;

/// <summary>The assembler joins every part of a Raydium CLMM pool, whatever comes first.</summary>
public sealed class RaydiumClmmAssemblyTests
{
    private static readonly Slot Slot = new(300_000_000);
    private static readonly RaydiumClmmBytes Bytes =
        new() { Spacing = 10, Ticks = [(-20, 5), (20, -3), (307_200, -2)] };

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(7)]
    public void A_pool_is_quotable_once_all_its_parts_and_the_snapshot_are_there(int first)
    {
        var writes = Bytes.Writes();
        var copy = Assembled([.. writes[first..], .. writes[..first]]).Copy();
        Assert.Equal(PoolDefect.None, copy.Defect);
        Assert.Equal(writes.Length, copy.Accounts.Length);
        Assert.True(copy.QuoteExactIn(SwapDirection.BToA, new TokenAmount(1_000_000), PoolChecks.Clock).IsOk);
        Assert.Equal(5, copy.DependsOn(SwapDirection.BToA, new PoolAccount[8]));
        Assert.Equal(2, copy.AlsoReads(new PoolAccount[2]));
    }

    [Fact]
    public void An_array_that_the_bitmap_marks_and_the_snapshot_lacks_is_missing()
    {
        var array = Bytes.Writes().Single(write => write.Key == RaydiumClmmBytes.ArrayKey(0));
        var copy = Assembled([.. Bytes.Writes().Where(write => write.Key != array.Key)]).Copy();
        Assert.Equal(PoolDefect.AccountMissing, copy.Defect);
        Assert.True(copy.Apply(array));
        Assert.Equal(PoolDefect.None, copy.Defect);
    }

    private static AssembledPool Assembled(AccountWrite[] writes)
    {
        var assembler = new PoolAssembler(PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf);
        foreach (var write in writes)
        {
            var startup = write with { Slot = Slot, IsStartup = true, WriteVersion = 0 };
            assembler.Take(FeedEvent.Of(startup), 0);
        }
        assembler.Take(FeedEvent.SnapshotComplete(Slot), 0);
        assembler.CloseTransaction();
        Assert.True(assembler.TryGet(new PoolId(RaydiumClmmBytes.PoolKey), out var pool));
        return pool;
    }
}
