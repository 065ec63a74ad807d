using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.Whirlpool;
using Mev.Fixtures;

namespace Mev.Domain.Tests.Pools.Whirlpool;

/// <summary>The recorded pools, vectors and replay of the data folder as domain values.</summary>
internal static class WhirlpoolVectors
{
    public static ChainClock NoClock => default;

    public static SwapDirection Direction(JsonElement line) =>
        line.GetProperty("aToB").GetBoolean() ? SwapDirection.AToB : SwapDirection.BToA;

    public static ulong Units(JsonElement line, string name) =>
        ulong.Parse(line.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    public static UInt128 Wide(JsonElement line, string name) =>
        UInt128.Parse(line.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    /// <summary>The 30 real pools of the vectors with their tick arrays.</summary>
    public static Dictionary<string, WhirlpoolPool> VectorPools()
    {
        var pools = new Dictionary<string, WhirlpoolPool>();
        foreach (var line in Lines(TestData.Need("vectors", "orca-whirlpool.accounts.jsonl")))
        {
            var key = line.GetProperty("pool").GetString()!;
            var pool = new WhirlpoolPool(new PoolId(Pubkey.Parse(key)));
            foreach (var account in line.GetProperty("accounts").EnumerateArray())
                Assert.True(pool.Apply(Write(account, slot: 185_759_999)));
            pools.Add(key, pool);
        }
        Assert.NotEmpty(pools);
        return pools;
    }

    public static IEnumerable<JsonElement> Swaps() =>
        Lines(TestData.Need("vectors", "orca-whirlpool.vectors.jsonl"));

    /// <summary>The pools at the start of the recorded day, by address.</summary>
    public static Dictionary<string, WhirlpoolPool> ReplayPools()
    {
        var accounts = Lines(TestData.Need("traffic", "whirlpool-replay.initial-accounts.jsonl"))
            .Select(line => (Key: line.GetProperty("pubkey").GetString()!, Write: Write(line, slot: 128_407_687)))
            .ToList();
        var pools = accounts.Where(account => account.Write.Data.Length == 653)
            .ToDictionary(account => account.Key, account => new WhirlpoolPool(new PoolId(account.Write.Key)));
        foreach (var account in accounts)
            Assert.Equal(1, pools.Values.Count(pool => pool.Apply(account.Write)));
        return pools;
    }

    public static IEnumerable<JsonElement> Replay()
    {
        using var file = File.OpenRead(TestData.Need("traffic", "whirlpool-replay.jsonl.gz"));
        using var zip = new GZipStream(file, CompressionMode.Decompress);
        using var reader = new StreamReader(zip);
        while (reader.ReadLine() is { } line)
            yield return Parse(line);
    }

    public static AccountWrite Write(JsonElement account, ulong slot, ulong version = 0) => new()
    {
        Key = Pubkey.Parse(account.GetProperty("pubkey").GetString()!),
        Owner = account.TryGetProperty("owner", out var owner)
            ? Pubkey.Parse(owner.GetString()!)
            : Programs.Whirlpool,
        Lamports = 1,
        Slot = new Slot(slot),
        WriteVersion = version,
        Data = account.GetProperty("data").GetBytesFromBase64(),
    };

    private static IEnumerable<JsonElement> Lines(string path) => File.ReadLines(path).Select(Parse);

    private static JsonElement Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.Clone();
    }
}
