using System.Buffers.Binary;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Feed;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;
using Mev.Domain.Pools.Tokens;
using Mev.Fixtures.Pools;
using Mev.Grains.Feed;
using Mev.Grains.Shards;
using Mev.Grains.Strategies;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using static Mev.Fixtures.Pools.RaydiumCpmmBytes;

namespace Mev.Grains.Tests.Feed;

/// <summary>
/// A shard that drains beside the feed sees each transaction over two pools whole or not at all: what it would find in
/// half of one never existed on the chain.
/// </summary>
public sealed class WholeTransactionTests
{
    private const int Transactions = 40_000;

    private static readonly (Pubkey Pool, Pubkey[] Vaults)[] Pools =
    [
        (PoolKey, [Vault0, Vault1]),
        (Other(PoolKey), [Other(Vault0), Other(Vault1)]),
    ];

    private readonly PoolAssembler _assembler = new(PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf);
    private readonly MarketShards _shards = new();
    private readonly MarketState _market;
    private readonly ShardIntake _intake;
    private ulong _position;

    public WholeTransactionTests()
    {
        var options = Options.Create(new TradingOptions { ListedMints = [$"{Mint0}"] });
        _market = new MarketState(
            _assembler, _shards, new StrategyCatalog(options), new SizingLimits(), options,
            NullLogger<MarketState>.Instance);
        _intake = new ShardIntake(_shards, new DefectCounts());
        Take(endsTransaction: true, [.. Startup(), FeedEvent.SnapshotComplete(new Slot(1))]);
        Assert.Equal(2, _market.Layout!.PoolCount);
        Assert.True(_market.Layout.CycleCount > 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    public async Task Of_transactions_in_whole_batches(int perBatch) => await Drained(() =>
    {
        for (var first = 2; first < Transactions; first += perBatch)
            Take(endsTransaction: true, [.. Enumerable.Range(first, perBatch).SelectMany(Swaps)]);
    });

    [Fact]
    public async Task Of_transactions_that_reads_cut_anywhere() => await Drained(() =>
    {
        for (var number = 2; number < Transactions; number++)
        {
            var swaps = Swaps(number);
            var cut = 1 + number % (swaps.Length - 1);
            Take(endsTransaction: false, swaps[..cut]);
            Take(endsTransaction: false, swaps[cut..]);
            Take(endsTransaction: false, [FeedEvent.SlotIs(SlotStatus.Confirmed, new Slot(1))]); // ends it
        }
    });

    /// <summary>Drains as long as the feed writes, and looks at both pools after each drain.</summary>
    private async Task Drained(Action feed)
    {
        _intake.Take(0);
        var writing = Task.Factory.StartNew(
            feed, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var (drains, torn) = (0, 0);
        var seen = new HashSet<ulong>();
        while (!writing.IsCompleted)
        {
            var (shard, updates, _, _) = _intake.Take(0);
            if (updates == 0 || !IsQuotable(shard)) continue;
            drains++;
            var first = Number(shard.PoolAt(0));
            seen.Add(first);
            if (first != Number(shard.PoolAt(1))) torn++;
        }
        await writing;
        Assert.Equal(0, torn);
        Assert.True(seen.Count > 10, $"{drains} drains saw {seen.Count} transactions: too few to tell");
    }

    private static bool IsQuotable(MarketShard shard) => Enumerable.Range(0, 2).All(pool =>
        shard.ConditionOf(pool) == PoolCondition.None && shard.PoolAt(pool).Defect == PoolDefect.None);

    /// <summary>What a transaction left in the first vault; the same in both pools.</summary>
    private static ulong Number(Pool pool)
    {
        foreach (var account in pool.Accounts)
        {
            if (account.Key == Vault0 || account.Key == Other(Vault0))
                return BinaryPrimitives.ReadUInt64LittleEndian(account.Data[TokenLayout.AccountAmount..]);
        }
        throw new InvalidOperationException("no vault");
    }

    private void Take(bool endsTransaction, FeedEvent[] events) =>
        _market.Take(new FeedBatch(new FeedCursor(++_position, new Slot(2), 0), 0, events), endsTransaction);

    private static IEnumerable<FeedEvent> Startup()
    {
        var writes = new RaydiumCpmmBytes().Writes();
        return writes.Concat(writes.Where(write => write.Key != Config).Select(Second))
            .Select(write => FeedEvent.Of(write with { IsStartup = true }));
    }

    /// <summary>Writes of all four vaults in one transaction.</summary>
    private static FeedEvent[] Swaps(int number)
    {
        Span<byte> signature = stackalloc byte[TransactionSignature.Length];
        BinaryPrimitives.WriteInt32LittleEndian(signature, number);
        var transaction = TransactionSignature.From(signature);
        return
        [
            .. Pools.SelectMany(pool => pool.Vaults).Select((vault, i) => FeedEvent.Of(TokenBytes.Write(
                vault, Programs.Token, TokenBytes.Vault(i % 2 == 0 ? Mint0 : Mint1, 1_000_000 + (ulong)number),
                version: 4 * (ulong)number + (ulong)i) with
            {
                Slot = new Slot(2),
                Transaction = transaction,
            })),
        ];
    }

    /// <summary>The same account of another pool with the same config and mints.</summary>
    private static AccountWrite Second(AccountWrite write)
    {
        var data = write.Data.ToArray();
        foreach (var vault in Pools[0].Vaults)
        {
            var place = data.AsSpan().IndexOf(vault.ToArray());
            if (place >= 0) Other(vault).CopyTo(data.AsSpan(place));
        }
        return write with { Key = Other(write.Key), Data = data };
    }

    private static Pubkey Other(Pubkey key) => TokenBytes.Key($"second {key}");
}
