using System.Globalization;
using System.Text.Json;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.PumpSwap;
using Mev.Domain.Pools.Tokens;
using Mev.Fixtures;
using Mev.Fixtures.Pools;

namespace Mev.Domain.Tests.Pools.PumpSwap;

/// <summary>Real pools and configs decode, and two real purchases are met to the unit.</summary>
public sealed class PumpSwapRecordingTests
{
    /// <summary>The real coin whose fees go by its market capitalisation.</summary>
    private static readonly Pubkey Coin = Pubkey.Parse("8k1DvnFBsbuWJw2t4JqTibR7cAgqadMveqiykMr1pump");

    [Theory]
    [InlineData("HM4B", PoolDefect.None, 30)]
    [InlineData("118K", PoolDefect.None, 30)]
    [InlineData("539m", PoolDefect.None, 30)]
    [InlineData("5rNM", PoolDefect.None, 20 + 5 + 95)]
    [InlineData("3SYE", PoolDefect.UnprovenRule, 0)] // a virtual quote reserve
    public void Recorded_pools_decode_with_the_recorded_configs(string name, PoolDefect defect, int rates)
    {
        var write = Recorded("pumpswap.json").Single(account => account.Key.ToString().StartsWith(name));
        var pool = Assert.IsType<PumpSwapPool>(PoolDecoder.TryCreate(write));
        pool.Apply(write);
        Assert.Equal(6, pool.Accounts.Length);
        foreach (var config in Recorded("pumpswap.json").Concat(Recorded("pumpswap-feeconfig.json")))
            if (config.Key != write.Key) pool.Apply(config);
        var (baseVault, quoteVault) = (pool.Accounts[3].Key, pool.Accounts[4].Key);
        // 1,000 SOL or so for the whole supply.
        pool.Apply(TokenBytes.Write(baseVault, Programs.Token, TokenBytes.Vault(pool.MintA, 100_000_000_000_000)));
        pool.Apply(TokenBytes.Write(quoteVault, Programs.Token, TokenBytes.Vault(pool.MintB, 100_000_000_000)));
        pool.Apply(TokenBytes.Write(pool.MintA, Programs.Token, Supply()));
        Assert.Equal(defect, pool.Defect);
        var curve = new CurveSegment[1];
        if (pool.FillCurve(SwapDirection.AToB, curve) == 1) Assert.Equal(1 - rates / 10_000.0, curve[0].OutKeep);
    }

    [Fact]
    public void A_recorded_purchase_by_flat_fees_is_met_to_the_unit()
    {
        var balances = Balances("agavesim-arb-tx-JSON2.json");
        var (units, quote) = (balances[3], balances[4]);
        var pool = new PumpSwapBytes { Base = units.Before, Quote = quote.Before }.Pool();
        Check(pool, new TokenAmount(units.Before - units.After), balances[2].Before - balances[2].After, units, quote);
    }

    [Fact]
    public void A_recorded_purchase_by_tier_is_met_to_the_unit()
    {
        var balances = Balances("agavesim-arb-tx-JSON3.json");
        var (units, quote) = (balances[17], balances[15]);
        var pool = new PumpSwapPool(new PoolId(PumpSwapBytes.PoolKey));
        var bytes = new PumpSwapBytes { Coin = Coin, HasCoinCreator = true, Base = units.Before, Quote = quote.Before };
        foreach (var write in (bytes with { Creator = AuthorityOf(Coin) }).Writes()) pool.Apply(write);
        pool.Apply(Recorded("pumpswap-feeconfig.json").Single() with { WriteVersion = 2 });
        var (creator, protocol) = (balances[14], balances[18]);
        var paid = quote.After - quote.Before + creator.After - creator.Before + protocol.After - protocol.Before;
        Check(pool, new TokenAmount(units.Before - units.After), paid, units, quote);
    }

    private static void Check(
        PumpSwapPool pool, TokenAmount bought, ulong paid, (ulong Before, ulong After) units,
        (ulong Before, ulong After) quote)
    {
        var expected = Quote.Of(paid, bought.Units);
        Assert.Equal(expected, pool.QuoteExactOut(SwapDirection.BToA, bought, PoolChecks.Clock));
        Assert.Equal(expected, pool.ExecuteExactOut(SwapDirection.BToA, bought, PoolChecks.Clock, writeVersion: 9));
        Assert.Equal((units.After, quote.After), (pool.ReserveA.Units, pool.ReserveB.Units));
    }

    /// <summary>What the bonding curve derives of the coin, worked out with another implementation.</summary>
    private static Pubkey AuthorityOf(Pubkey coin)
    {
        var authority = Pubkey.Parse("BbbdHfpgksmqN4h6ZFcnS3f4iAWDbzKADB4hHtkCHEmt");
        Assert.True(PumpSwapOrigin.IsBondingCurve(authority, coin));
        Assert.False(PumpSwapOrigin.IsBondingCurve(authority, PumpSwapBytes.BaseMint));
        return authority;
    }

    private static byte[] Supply()
    {
        var mint = new byte[TokenLayout.MintLength];
        TokenBytes.Set(mint, TokenLayout.MintSupply, 1_000_000_000_000_000);
        return mint;
    }

    private static List<AccountWrite> Recorded(string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(TestData.Need("accounts", "textual-mainnet", name)));
        return [.. json.RootElement.EnumerateArray().Select(account => TokenBytes.Write(
            Pubkey.Parse(account.GetProperty("pubkey").GetString()!),
            Pubkey.Parse(account.GetProperty("owner").GetString()!),
            Bytes(account.GetProperty("data").GetString()!)))];
    }

    /// <summary>What follows the first padding is not part of the text.</summary>
    private static byte[] Bytes(string text)
    {
        var body = text.Split('=')[0];
        return Convert.FromBase64String(body.PadRight((body.Length + 3) / 4 * 4, '='));
    }

    /// <summary>Token balances before and after a recorded transaction, by account index.</summary>
    private static Dictionary<int, (ulong Before, ulong After)> Balances(string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(TestData.Need("traffic", name)));
        var meta = json.RootElement.GetProperty("result").GetProperty("meta");
        var before = Amounts(meta.GetProperty("preTokenBalances"));
        return Amounts(meta.GetProperty("postTokenBalances")).ToDictionary(
            after => after.Key, after => (before.GetValueOrDefault(after.Key), after.Value));
    }

    private static Dictionary<int, ulong> Amounts(JsonElement balances) => balances.EnumerateArray().ToDictionary(
        balance => balance.GetProperty("accountIndex").GetInt32(),
        balance => ulong.Parse(
            balance.GetProperty("uiTokenAmount").GetProperty("amount").GetString()!, CultureInfo.InvariantCulture));
}
