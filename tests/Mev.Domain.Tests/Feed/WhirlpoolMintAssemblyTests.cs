using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;
using Mev.Domain.Pools.Tokens;
using Mev.Domain.Tests.Pools.Whirlpool;

namespace Mev.Domain.Tests.Feed;

/// <summary>The assembler routes a mint to the Whirlpools that name it, whatever comes first.</summary>
public sealed class WhirlpoolMintAssemblyTests
{
    private static readonly Slot Slot = new(300_000_000);

    [Theory]
    [InlineData(new[] { 0, 1, 2, 3 })]
    [InlineData(new[] { 3, 2, 1, 0 })]
    [InlineData(new[] { 1, 3, 0, 2 })]
    public void A_pool_is_quotable_once_pool_mints_and_snapshot_are_there(int[] order)
    {
        var bytes = new WhirlpoolBytes();
        AccountWrite[] writes =
        [
            Startup(WhirlpoolBytes.PoolKey, bytes.PoolData(), Programs.Whirlpool),
            Startup(WhirlpoolBytes.Key(2), new byte[TokenLayout.MintLength], Programs.Token),
            Startup(WhirlpoolBytes.Key(3), new byte[TokenLayout.MintLength], Programs.Token),
            Startup(WhirlpoolBytes.ArrayKey(0), bytes.FixedArray(0, (64, -4)), Programs.Whirlpool),
        ];
        var assembler = new PoolAssembler(PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf);
        foreach (var place in order) assembler.Take(FeedEvent.Of(writes[place]), 0);
        assembler.Take(FeedEvent.SnapshotComplete(Slot), 0);
        assembler.CloseTransaction();
        Assert.True(assembler.TryGet(new PoolId(WhirlpoolBytes.PoolKey), out var pool));
        var copy = pool.Copy();
        Assert.Equal(PoolDefect.None, copy.Defect);
        Assert.Equal(4, copy.Accounts.Length);
        Assert.Equal(2, copy.AlsoReads(new PoolAccount[2]));
    }

    private static AccountWrite Startup(Pubkey key, byte[] data, Pubkey owner) =>
        WhirlpoolBytes.Write(key, data, owner: owner) with { Slot = Slot, IsStartup = true, WriteVersion = 0 };
}
