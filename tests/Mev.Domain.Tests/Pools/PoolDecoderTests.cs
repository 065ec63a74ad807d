using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.MeteoraDammV2;
using Mev.Domain.Pools.OrcaTokenSwap;
using Mev.Domain.Pools.PumpSwap;
using Mev.Domain.Pools.RaydiumAmmV4;
using Mev.Domain.Pools.RaydiumClmm;
using Mev.Domain.Pools.RaydiumCpmm;
using Mev.Domain.Pools.Whirlpool;
using Mev.Fixtures.Pools;

namespace Mev.Domain.Tests.Pools;

public sealed class PoolDecoderTests
{
    private static readonly Pubkey Pool = TokenBytes.Key("whirlpool");

    [Fact]
    public void A_pool_account_makes_an_empty_pool_of_its_protocol()
    {
        Assert.IsType<RaydiumAmmV4Pool>(PoolDecoder.TryCreate(new RaydiumAmmV4Bytes().Writes()[0]));
        Assert.IsType<RaydiumCpmmPool>(PoolDecoder.TryCreate(new RaydiumCpmmBytes().Writes()[0]));
        Assert.IsType<OrcaTokenSwapPool>(PoolDecoder.TryCreate(new OrcaTokenSwapBytes().Writes()[0]));
        Assert.IsType<MeteoraDammV2Pool>(PoolDecoder.TryCreate(new MeteoraDammV2Bytes().Writes()[0]));
        Assert.IsType<PumpSwapPool>(PoolDecoder.TryCreate(new PumpSwapBytes().Writes()[0]));
        Assert.IsType<RaydiumClmmPool>(PoolDecoder.TryCreate(new RaydiumClmmBytes().Writes()[0]));
        var whirlpool = PoolDecoder.TryCreate(Write(Programs.Whirlpool, 653, "3f95d10ce1806309"));
        Assert.IsType<WhirlpoolPool>(whirlpool);
        Assert.Equal((new PoolId(Pool), PoolDefect.AccountMissing), (whirlpool.Id, whirlpool.Defect));
    }

    [Fact]
    public void Vaults_configs_and_mints_are_no_pools()
    {
        Assert.All(new RaydiumAmmV4Bytes().Writes()[1..], write => Assert.Null(PoolDecoder.TryCreate(write)));
        Assert.All(new RaydiumCpmmBytes().Writes()[1..], write => Assert.Null(PoolDecoder.TryCreate(write)));
        Assert.All(new OrcaTokenSwapBytes().Writes()[1..], write => Assert.Null(PoolDecoder.TryCreate(write)));
        Assert.All(new PumpSwapBytes().Writes()[1..], write => Assert.Null(PoolDecoder.TryCreate(write)));
        Assert.All(new RaydiumClmmBytes().Writes()[1..], write => Assert.Null(PoolDecoder.TryCreate(write)));
    }

    [Fact]
    public void Owner_length_and_discriminator_must_all_fit()
    {
        var write = new RaydiumCpmmBytes().Writes()[0];
        var foreign = write with { Owner = Programs.RaydiumAmmV4 };
        var cut = write with { Data = write.Data[..^1] };
        var other = write with { Data = new byte[RaydiumCpmmLayout.PoolLength] };
        var empty = write with { Data = default };
        Assert.All([foreign, cut, other, empty], strange =>
        {
            Assert.Null(PoolDecoder.TryCreate(strange));
            Assert.Equal(Protocol.Unknown, PoolDecoder.ProtocolOf(strange));
        });
    }

    [Fact]
    public void One_discriminator_of_two_programs_is_told_apart_by_owner_and_length()
    {
        var (damm, pump) = (new MeteoraDammV2Bytes().Writes()[0], new PumpSwapBytes().Writes()[0]);
        Assert.True(damm.Data.Span.StartsWith(pump.Data.Span[..8]));
        Assert.Null(PoolDecoder.TryCreate(damm with { Owner = Programs.PumpSwap }));
        Assert.Null(PoolDecoder.TryCreate(pump with { Owner = Programs.MeteoraDammV2 }));
        Assert.Equal(
            (Protocol.MeteoraDammV2, Protocol.PumpSwap), (PoolDecoder.ProtocolOf(damm), PoolDecoder.ProtocolOf(pump)));
        var version = new OrcaTokenSwapBytes().Writes()[0];
        var other = version.Data.ToArray();
        other[0] = 2;
        Assert.Null(PoolDecoder.TryCreate(version with { Data = other }));
    }

    [Theory]
    [InlineData(9_988, "4561bdbe6e0742bb", 9_956)]
    [InlineData(148, "11d8f68ee1c7da38", 12)]
    [InlineData(10_004, "11d8f68ee1c7da38", 12)]
    public void A_tick_array_names_its_pool(int length, string discriminator, int offset)
    {
        var write = Write(Programs.Whirlpool, length, discriminator);
        var data = write.Data.ToArray();
        Pool.CopyTo(data.AsSpan(offset));
        Assert.True(PoolDecoder.TryGetPoolOf(write with { Data = data }, out var pool));
        Assert.Equal(new PoolId(Pool), pool);
        Assert.Null(PoolDecoder.TryCreate(write with { Data = data }));
        Assert.False(PoolDecoder.TryGetPoolOf(write with { Data = data, Owner = Programs.RaydiumCpmm }, out _));
        Assert.False(PoolDecoder.TryGetPoolOf(write with { Data = data.AsMemory(0, 100) }, out _));
    }

    [Fact]
    public void Arrays_and_extension_of_a_Raydium_CLMM_pool_name_it_under_its_program_alone()
    {
        var writes = new RaydiumClmmBytes().Writes();
        Assert.All(writes[..4], write => Assert.False(PoolDecoder.TryGetPoolOf(write, out _)));
        Assert.All(writes[4..], write =>
        {
            Assert.True(PoolDecoder.TryGetPoolOf(write, out var pool));
            Assert.Equal(new PoolId(RaydiumClmmBytes.PoolKey), pool);
            Assert.False(PoolDecoder.TryGetPoolOf(write with { Owner = Programs.RaydiumCpmm }, out _));
            Assert.False(PoolDecoder.TryGetPoolOf(write with { Data = write.Data[..^1] }, out _));
        });
        // The same code under its development id, where the vectors come from, is no program of ours.
        var development = Pubkey.Parse("devi51mZmdwUJGU9hjN27vEz64Gps7uUefqxg27EAtH");
        Assert.All(writes, write => Assert.Null(PoolDecoder.TryCreate(write with { Owner = development })));
        Assert.All(writes, write =>
            Assert.False(PoolDecoder.TryGetPoolOf(write with { Owner = development }, out _)));
    }

    [Fact]
    public void A_pool_account_names_no_other_pool() =>
        Assert.False(PoolDecoder.TryGetPoolOf(new RaydiumCpmmBytes().Writes()[0], out _));

    private static AccountWrite Write(Pubkey owner, int length, string discriminator)
    {
        var data = new byte[length];
        Convert.FromHexString(discriminator).CopyTo(data, 0);
        return TokenBytes.Write(Pool, owner, data);
    }
}
