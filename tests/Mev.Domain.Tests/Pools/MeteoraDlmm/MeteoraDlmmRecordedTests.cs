using System.Text.Json;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.MeteoraDlmm;
using Mev.Fixtures;
using Mev.Fixtures.Pools;

namespace Mev.Domain.Tests.Pools.MeteoraDlmm;

/// <summary>Real account bytes of the data folder.</summary>
public sealed class MeteoraDlmmRecordedTests
{
    private const string Sdk = "meteora-dlmm-sdk";

    /// <summary>A clock after every recorded activation.</summary>
    private static readonly ChainClock Clock = new(new Slot(450_000_000), 1_790_000_000);

    [Theory]
    [InlineData("EtAdVRLFH22rjWh3mcUasKFF27WtHhsaCvK27tPFFWig", 15, 250, true)]
    [InlineData("B5Eia4cE71tKuEDaqPHucJLG2fxySKyKzLMewd2nUvoc", 0, 10, true)]
    [InlineData("9t3EyC9FweyL7PBWvKz3mrXg8B9fwFc9SK3QxM4ENqhd", 0, 10, true)]
    public void Raw_bytes_of_a_pair_its_arrays_and_its_mint_make_a_pool(
        string pair, int activeBin, int binStep, bool doOrdersCount)
    {
        var folder = TestData.Need("accounts", Sdk, pair);
        var key = Pubkey.Parse(pair);
        var pool = Create(TokenBytes.Write(key, Programs.MeteoraDlmm, Raw(folder, "lb_pair")));
        var arrays = new[] { "bin_array_1", "bin_array_2" };
        foreach (var name in arrays) Assert.True(pool.Apply(Part(name, Raw(folder, name))));
        foreach (var named in pool.Accounts.ToArray().Where(account => account.Key == pool.MintA))
            Assert.True(pool.Apply(TokenBytes.Write(named.Key, Programs.Token2022, Raw(folder, "token_x_mint"))));
        Assert.Equal(
            (PoolDefect.None, activeBin, binStep, doOrdersCount),
            (pool.Defect, pool.ActiveBin, pool.BinStep, pool.DoOrdersCount));
        Assert.All(Enum.GetValues<SwapDirection>(), direction => Quotes(pool, direction));
        Assert.False(pool.Apply(Part("oracle", Raw(folder, "oracle"))));
        Assert.False(pool.Apply(Part("reserve", Raw(folder, "reserve_x")) with { Owner = Programs.Token }));
    }

    [Fact]
    public void A_pair_with_four_arrays_as_the_command_line_tool_saves_them_makes_a_pool()
    {
        const string Pair = "FJbEo74c2W4QLBBVUfUvi8VBWXtMdJVPuFpq2f6UV1iB";
        var writes = Directory.EnumerateFiles(TestData.Need("accounts", Sdk, Pair)).Select(Saved).ToList();
        var pool = Create(writes.Single(write => write.Key == Pubkey.Parse(Pair)));
        Assert.Equal(5, writes.Count(write => pool.Apply(write))); // mints of SPL Token are no part of it
        Assert.Equal((PoolDefect.None, 0), (pool.Defect, pool.ActiveBin));
        Assert.Equal(5, writes.Count(write => PoolDecoder.TryGetPoolOf(write, out var id) && id == pool.Id) + 1);
        Assert.All(Enum.GetValues<SwapDirection>(), direction => Quotes(pool, direction));
    }

    [Fact]
    public void A_decoder_fixture_of_another_house_is_read()
    {
        var pool = Create(Carbon("lb_pair_account"));
        Assert.Equal((PoolDefect.None, -1_054, 80), (pool.Defect, pool.ActiveBin, pool.BinStep));
        // Its arrays lie above and are not recorded: that cannot be told, and is no refusal of the program.
        var amount = new TokenAmount(1_000);
        Assert.Equal(QuoteError.NotQuotable, pool.QuoteExactIn(SwapDirection.BToA, amount, Clock).Error);
        Assert.Equal(QuoteError.BitmapExtensionMissing, pool.QuoteExactIn(SwapDirection.AToB, amount, Clock).Error);
        foreach (var name in new[] { "oracle_account", "position_account", "preset_parameter_account" })
        {
            Assert.Null(PoolDecoder.TryCreate(Carbon(name)));
            Assert.False(PoolDecoder.TryGetPoolOf(Carbon(name), out _));
        }
    }

    private static void Quotes(MeteoraDlmmPool pool, SwapDirection direction)
    {
        var quote = pool.QuoteExactIn(direction, new TokenAmount(10_000), Clock);
        Assert.True(quote.IsOk, $"{direction}: {quote.Error}");
        PoolChecks.KeepsTheRate(pool, direction, quote);
    }

    private static MeteoraDlmmPool Create(AccountWrite write)
    {
        var pool = Assert.IsType<MeteoraDlmmPool>(PoolDecoder.TryCreate(write));
        Assert.True(pool.Apply(write));
        return pool;
    }

    private static AccountWrite Part(string name, byte[] data) =>
        TokenBytes.Write(TokenBytes.Key(name), Programs.MeteoraDlmm, data);

    private static byte[] Raw(string folder, string name) => File.ReadAllBytes(Path.Combine(folder, name + ".bin"));

    private static AccountWrite Saved(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        var account = json.RootElement.GetProperty("account");
        return TokenBytes.Write(
            Pubkey.Parse(json.RootElement.GetProperty("pubkey").GetString()!),
            Pubkey.Parse(account.GetProperty("owner").GetString()!),
            account.GetProperty("data")[0].GetBytesFromBase64());
    }

    private static AccountWrite Carbon(string name)
    {
        using var json = JsonDocument.Parse(
            File.ReadAllText(TestData.Need("accounts", "carbon", "meteora-dlmm", name + ".json")));
        return TokenBytes.Write(
            TokenBytes.Key(name), Pubkey.Parse(json.RootElement.GetProperty("owner").GetString()!),
            json.RootElement.GetProperty("data").GetBytesFromBase64());
    }
}
