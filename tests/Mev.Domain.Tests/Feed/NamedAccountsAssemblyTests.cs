using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;
using Mev.Domain.Pools.Tokens;
using Mev.Fixtures.Pools;

namespace Mev.Domain.Tests.Feed;

/// <summary>
/// The assembler joins the accounts that a pool account names, or its program has, whatever comes first.
/// </summary>
public sealed class NamedAccountsAssemblyTests
{
    private static readonly Slot Slot = new(300_000_000);

    private static readonly byte[] FreeMint = TokenBytes.Mint(TokenExtensionType.TokenMetadata, 8);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_token_swap_pool_has_its_vaults(bool isBackwards) =>
        Assert.Equal(3, Assembled(new OrcaTokenSwapBytes().Writes(), isBackwards).Accounts.Length);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_DAMM_v2_pool_has_its_mint_of_Token_2022(bool isBackwards) => Assert.Equal(
        2, Assembled(new MeteoraDammV2Bytes { MintBToken2022 = FreeMint }.Writes(), isBackwards).Accounts.Length);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_PumpSwap_pool_has_its_vaults_its_coin_and_the_programs_configs(bool isBackwards) => Assert.Equal(
        6,
        Assembled(new PumpSwapBytes { Creator = PumpSwapBytes.BondingCurve }.Writes(), isBackwards).Accounts.Length);

    [Fact]
    public void One_fee_config_serves_all_pools_and_changes_them_all()
    {
        var first = new PumpSwapBytes();
        var second = first with { Address = TokenBytes.Key("other pump pool") };
        var assembler = Assemble([.. first.Writes(), second.Writes()[0]]);
        var updates = new List<AssembledPool>();
        assembler.Drain(updates);
        Assert.Equal(2, updates.Count);
        var config = (first with { Flat = (100, 5, 0) }).Writes()[2] with { Slot = Slot, WriteVersion = 7 };
        assembler.Take(FeedEvent.Of(config), 0);
        assembler.CloseTransaction();
        assembler.Drain(updates);
        Assert.Equal(2, updates.Count);
        var curve = new CurveSegment[1];
        foreach (var update in updates)
        {
            Assert.Equal(1, update.Copy().FillCurve(SwapDirection.AToB, curve));
            Assert.Equal(1 - 105 / 10_000.0, curve[0].OutKeep);
        }
    }

    private static Pool Assembled(AccountWrite[] writes, bool isBackwards)
    {
        var id = new PoolId(writes[0].Key);
        if (isBackwards) Array.Reverse(writes);
        Assert.True(Assemble(writes).TryGet(id, out var pool));
        var copy = pool.Copy();
        Assert.Equal((PoolDefect.None, PoolCondition.None), (copy.Defect, pool.Condition));
        return copy;
    }

    private static PoolAssembler Assemble(AccountWrite[] writes)
    {
        var assembler = new PoolAssembler(PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf);
        foreach (var write in writes)
            assembler.Take(FeedEvent.Of(write with { Slot = Slot, IsStartup = true, WriteVersion = 0 }), 0);
        assembler.Take(FeedEvent.SnapshotComplete(Slot), 0);
        assembler.CloseTransaction();
        return assembler;
    }
}
