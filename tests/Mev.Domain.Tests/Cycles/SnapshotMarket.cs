using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.IO.Compression;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.Whirlpool;
using Mev.Fixtures;

namespace Mev.Domain.Tests.Cycles;

/// <summary>Every live Whirlpool of a recorded slot, with its tick arrays.</summary>
internal sealed class SnapshotMarket
{
    private const int PoolLength = 653;
    private const int TickArrayLength = 9_988;
    private const int LiquidityOffset = 49;
    private const int ArrayPoolOffset = 9_956;

    private SnapshotMarket(Pool[] pools, ChainClock clock) => (Pools, Clock) = (pools, clock);

    public Pool[] Pools { get; }

    public ChainClock Clock { get; }

    public Pubkey[] LiveMints => [.. Pools.SelectMany(pool => new[] { pool.MintA, pool.MintB }).Distinct().Order()];

    private static readonly ConcurrentDictionary<ulong, Lazy<SnapshotMarket>> Loaded = [];

    /// <summary>The market of a slot, read once; its pools are for quoting only.</summary>
    public static SnapshotMarket Load(ulong slot) =>
        Loaded.GetOrAdd(slot, static key => new Lazy<SnapshotMarket>(() => Read(key))).Value;

    private static SnapshotMarket Read(ulong slot)
    {
        var path = TestData.Need("traffic", "whirlpool-snapshots", $"whirlpool-snapshot-{slot}.csv.gz");
        var pools = new Dictionary<Pubkey, WhirlpoolPool>();
        List<AccountWrite> arrays = [];
        foreach (var write in Read(path, new Slot(slot)))
        {
            if (write.Data.Length == TickArrayLength) arrays.Add(write);
            if (write.Data.Length != PoolLength || !IsLive(write.Data.Span)) continue;
            var pool = new WhirlpoolPool(new PoolId(write.Key));
            Assert.True(pool.Apply(write));
            Assert.Equal(PoolDefect.None, pool.Defect);
            pools.Add(write.Key, pool);
        }
        foreach (var write in arrays)
            if (pools.TryGetValue(new Pubkey(write.Data.Span[ArrayPoolOffset..]), out var pool)) pool.Apply(write);
        return new SnapshotMarket([.. pools.Values], new ChainClock(new Slot(slot), 0));
    }

    private static bool IsLive(ReadOnlySpan<byte> pool) =>
        BinaryPrimitives.ReadUInt128LittleEndian(pool[LiquidityOffset..]) != UInt128.Zero;

    private static IEnumerable<AccountWrite> Read(string path, Slot slot)
    {
        using var file = File.OpenRead(path);
        using var zip = new GZipStream(file, CompressionMode.Decompress);
        using var lines = new StreamReader(zip);
        while (lines.ReadLine() is { } line)
        {
            var data = Convert.FromBase64String(line[(line.LastIndexOf(',') + 1)..]);
            if (data.Length is not (PoolLength or TickArrayLength)) continue;
            yield return new AccountWrite
            {
                Key = Pubkey.Parse(line[..line.IndexOf(',', StringComparison.Ordinal)]),
                Owner = Programs.Whirlpool,
                Lamports = 1,
                Slot = slot,
                WriteVersion = 1,
                Data = data,
            };
        }
    }
}
