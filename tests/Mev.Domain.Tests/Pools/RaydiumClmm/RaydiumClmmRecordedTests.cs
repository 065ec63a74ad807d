using System.Text.Json;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.RaydiumClmm;
using Mev.Fixtures;
using Mev.Fixtures.Pools;

namespace Mev.Domain.Tests.Pools.RaydiumClmm;

/// <summary>Real mainnet accounts of the data folder, which tell no key.</summary>
public sealed class RaydiumClmmRecordedTests
{
    private static readonly Pubkey PoolKey = TokenBytes.Key("recorded pool");

    [Fact]
    public void A_recorded_pool_decodes_and_waits_for_its_config()
    {
        var pool = Pool();
        Assert.Equal(PoolDefect.AccountMissing, pool.Defect);
        Assert.Equal(
            ((UInt128)3_464_101_788_356, UInt128.Parse("647525941329892376628"), 71_168),
            (pool.Liquidity, pool.SqrtPrice, pool.Tick));
        Assert.Equal(RaydiumTickMath.TickAt(pool.SqrtPrice), pool.Tick);
        Assert.Equal(4, pool.Accounts.Length); // with the config and the two mints that it names
    }

    [Fact]
    public void With_a_recorded_config_it_waits_for_its_extension_alone()
    {
        var pool = Pool();
        var config = Recorded("amm_config_account.json", pool.Accounts[1].Key);
        Assert.Null(PoolDecoder.TryCreate(config));
        Assert.True(pool.Apply(config));
        Assert.Equal(PoolDefect.AccountMissing, pool.Defect);
        var extension = new RaydiumClmmBytes { Spacing = 1, Ticks = [] }.ExtensionBytes();
        PoolKey.CopyTo(extension.AsSpan(8));
        Assert.True(pool.Apply(TokenBytes.Write(RaydiumClmmBytes.Extension, Programs.RaydiumClmm, extension)));
        Assert.Equal(PoolDefect.None, pool.Defect);
        var quote = pool.QuoteExactIn(SwapDirection.AToB, new TokenAmount(1_000), PoolChecks.Clock);
        Assert.Equal(QuoteError.LiquidityInsufficientForDirection, quote.Error);
    }

    [Fact]
    public void A_recorded_tick_array_names_its_pool_and_holds_no_tick_any_more()
    {
        var write = Recorded("tick_array_state_account.json", TokenBytes.Key("array"));
        Assert.True(PoolDecoder.TryGetPoolOf(write, out var pool));
        Assert.Equal("2AP2wU8HnpsxJ2ErSjWeSRzG1HLootMoisthJouWJLka", pool.ToString());
        var account = new PoolAccount(write.Key);
        account.Set(write);
        var array = RaydiumClmmTickArray.Decode(account, pool, spacing: 1, previous: null);
        Assert.Equal((PoolDefect.None, -13_860), (array.Defect, array.Start));
        Assert.Equal(PoolDefect.ImpossibleValue, array.Obstacle);
        Assert.Empty(array.Ticks);
    }

    [Theory]
    [InlineData("observation_state_account.json")]
    [InlineData("protocol_position_state_account.json")]
    public void Other_recorded_accounts_are_of_no_pool(string file)
    {
        var write = Recorded(file, TokenBytes.Key("other"));
        Assert.Equal(Programs.RaydiumClmm, write.Owner);
        Assert.Null(PoolDecoder.TryCreate(write));
        Assert.False(PoolDecoder.TryGetPoolOf(write, out _));
    }

    private static RaydiumClmmPool Pool()
    {
        var write = Recorded("pool_state_account.json", PoolKey);
        var pool = Assert.IsType<RaydiumClmmPool>(PoolDecoder.TryCreate(write));
        pool.Apply(write);
        return pool;
    }

    private static AccountWrite Recorded(string file, Pubkey key)
    {
        var path = TestData.Need("accounts", "carbon", "raydium-clmm", file);
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        var owner = Pubkey.Parse(json.RootElement.GetProperty("owner").GetString()!);
        return TokenBytes.Write(key, owner, json.RootElement.GetProperty("data").GetBytesFromBase64());
    }
}
