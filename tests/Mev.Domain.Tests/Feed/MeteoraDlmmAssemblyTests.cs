using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;
using Mev.Domain.Pools.MeteoraDlmm;
using Mev.Domain.Pools.Tokens;
using Mev.Fixtures.Pools;

namespace Mev.Domain.Tests.Feed;

/// <summary>The assembler joins a pair, arrays that name it and mints that it names, whatever comes first.</summary>
public sealed class MeteoraDlmmAssemblyTests
{
    private static readonly Slot Slot = new(400_000_000);

    private static readonly MeteoraDlmmBytes Bytes = new()
    {
        Bins = [new(-80, Y: 5_000), new(0, 9_000, 9_000), new(3, 9_000)],
        MintY2022 = MeteoraDlmmBytes.MintWithFee(new TransferFee(100, 50)),
    };

    [Theory]
    [InlineData(new[] { 0, 1, 2, 3 })]
    [InlineData(new[] { 3, 2, 1, 0 })]
    [InlineData(new[] { 1, 3, 0, 2 })]
    public void A_pair_is_quotable_once_its_arrays_and_mints_are_there(int[] order)
    {
        var writes = Bytes.Writes();
        Assert.Equal(4, writes.Length);
        var assembler = new PoolAssembler(PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf);
        foreach (var place in order) assembler.Take(FeedEvent.Of(Startup(writes[place])), 0);
        assembler.Take(FeedEvent.SnapshotComplete(Slot), 0);
        assembler.CloseTransaction();
        Assert.True(assembler.TryGet(new PoolId(MeteoraDlmmBytes.PairKey), out var pool));
        var copy = Assert.IsType<MeteoraDlmmPool>(pool.Copy());
        Assert.Equal((PoolCondition.None, PoolDefect.None), (pool.Condition, copy.Defect));
        Assert.Equal(4, copy.Accounts.Length);
        Assert.Equal(
            Bytes.Pool().QuoteExactIn(SwapDirection.AToB, new TokenAmount(12_000), PoolChecks.Clock),
            copy.QuoteExactIn(SwapDirection.AToB, new TokenAmount(12_000), PoolChecks.Clock));
    }

    [Fact]
    public void A_later_write_of_an_array_reaches_the_pool()
    {
        var assembler = new PoolAssembler(PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf);
        foreach (var write in Bytes.Writes()) assembler.Take(FeedEvent.Of(Startup(write)), 0);
        assembler.Take(FeedEvent.SnapshotComplete(Slot), 0);
        var emptied = Bytes with { Bins = [new(-80, Y: 5_000), new(0, 7_000, 1), new(3, 9_000)] };
        var data = emptied.ArrayBytes(0);
        assembler.Take(
            FeedEvent.Of(
                TokenBytes.Write(MeteoraDlmmBytes.ArrayKey(0), Programs.MeteoraDlmm, data, 5) with
                {
                    Slot = new Slot(Slot.Value + 1),
                }),
            0);
        assembler.CloseTransaction();
        Assert.True(assembler.TryGet(new PoolId(MeteoraDlmmBytes.PairKey), out var pool));
        Assert.Equal(
            emptied.Pool().QuoteExactIn(SwapDirection.BToA, new TokenAmount(8_000), PoolChecks.Clock),
            pool.Copy().QuoteExactIn(SwapDirection.BToA, new TokenAmount(8_000), PoolChecks.Clock));
    }

    private static AccountWrite Startup(AccountWrite write) =>
        write with { Slot = Slot, IsStartup = true, WriteVersion = 0 };
}
