using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Adapters.Tests.Paper;

/// <summary>
/// A feed written by hand: pools, slots, orders with their effects, and writes without an order. It keeps the state
/// that the feed alone leads to.
/// </summary>
internal sealed class Scene : IMarketFeed
{
    public static readonly Pubkey Wsol = Mints.Wsol;
    public static readonly Pubkey X = TestPool.Key(0xA1);
    public static readonly Pubkey Y = TestPool.Key(0xA2);

    private readonly Dictionary<PoolId, TestPool> _pools = [];
    private readonly List<FeedBatch> _batches = [];
    private List<FeedEvent> _open = [];
    private ulong _version;
    private byte _transaction;

    public string Description => "scene";

    public ulong? BatchesTotal => (ulong)_batches.Count;

    public IReadOnlyList<FeedBatch> Batches => _batches;

    public Slot Slot { get; private set; } = new(100);

    public Scene Add(PoolId pool, Pubkey mintA, Pubkey mintB, ulong reserveA, ulong reserveB, ulong feeBasisPoints = 30)
    {
        var data = new byte[TestPool.PoolLength];
        mintA.CopyTo(data);
        mintB.CopyTo(data.AsSpan(32));
        Vault(pool, 0).CopyTo(data.AsSpan(64));
        Vault(pool, 1).CopyTo(data.AsSpan(96));
        BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(128), feeBasisPoints);
        _pools.Add(pool, new TestPool(pool));
        // The vaults first: the ledger has to keep accounts that no pool names yet.
        Startup(pool, Vault(pool, 0), Bytes(reserveA));
        Startup(pool, Vault(pool, 1), Bytes(reserveB));
        Startup(pool, pool.Address, data);
        return this;
    }

    public Scene Begin()
    {
        _open.Add(FeedEvent.SnapshotComplete(Slot));
        return Close();
    }

    /// <summary>Begins a slot with a batch of its own.</summary>
    public Scene At(ulong slot)
    {
        _open.Add(FeedEvent.SlotIs(SlotStatus.Processed, new Slot(slot), Slot));
        Slot = new Slot(slot);
        _open.Add(FeedEvent.TimeIs(Slot, 1_700_000_000 + (long)slot));
        return Close();
    }

    public Scene Event(FeedEvent item)
    {
        _open.Add(item);
        return Close();
    }

    /// <summary>An order and what it did here.</summary>
    public Scene Swap(PoolId pool, SwapDirection direction, ulong amountIn)
    {
        var order = new SwapOrder(pool, direction, new TokenAmount(amountIn));
        var quote = _pools[pool].Execute(direction, order.AmountIn, new ChainClock(Slot, 0), 1);
        Assert.True(quote.IsOk);
        var transaction = NextTransaction();
        _open.Add(FeedEvent.Swap(order, transaction));
        AddVaults(pool, transaction);
        return Close();
    }

    /// <summary>New reserves without an order.</summary>
    public Scene Write(PoolId pool, ulong reserveA, ulong reserveB)
    {
        Set(pool, 0, reserveA);
        Set(pool, 1, reserveB);
        AddVaults(pool, NextTransaction());
        return Close();
    }

    /// <summary>One vault's balance without an order.</summary>
    public Scene Write(PoolId pool, int side, ulong reserve)
    {
        Set(pool, side, reserve);
        Live(pool, side, NextTransaction());
        return Close();
    }

    public TestPool Pool(PoolId pool) => _pools[pool];

    public static PoolId Id(byte number) => new(TestPool.Key(number));

    public async IAsyncEnumerable<FeedBatch> Read(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var batch in _batches)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return batch;
        }
        await Task.CompletedTask;
    }

    private static Pubkey Vault(PoolId pool, int side)
    {
        var bytes = pool.Address.ToArray();
        bytes[31] = (byte)(0x10 + side);
        return new Pubkey(bytes);
    }

    private static byte[] Bytes(ulong amount)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, amount);
        return bytes;
    }

    private void Set(PoolId pool, int side, ulong reserve) =>
        _pools[pool].Apply(WriteOf(Vault(pool, side), Bytes(reserve)));

    private void AddVaults(PoolId pool, TransactionSignature transaction)
    {
        Live(pool, 0, transaction);
        Live(pool, 1, transaction);
    }

    private void Live(PoolId pool, int side, TransactionSignature transaction) =>
        _open.Add(FeedEvent.Of(WriteOf(Vault(pool, side), Bytes(_pools[pool].Reserve(side))) with
        {
            Slot = Slot,
            WriteVersion = ++_version,
            Transaction = transaction,
        }));

    private void Startup(PoolId pool, Pubkey key, byte[] data)
    {
        var write = WriteOf(key, data);
        _pools[pool].Apply(write);
        _open.Add(FeedEvent.Of(write));
        if (key == pool.Address) // now the vaults are known
            foreach (var item in _open.ToArray()) _pools[pool].Apply(item.Write);
    }

    private AccountWrite WriteOf(Pubkey key, byte[] data) => new()
    {
        Key = key,
        Owner = TestPool.Program,
        Lamports = 1_000_000,
        Slot = Slot,
        WriteVersion = 0,
        IsStartup = _batches.Count == 0,
        Data = data,
    };

    private TransactionSignature NextTransaction()
    {
        var bytes = new byte[TransactionSignature.Length];
        bytes[0] = ++_transaction;
        return TransactionSignature.From(bytes);
    }

    private Scene Close()
    {
        var cursor = new FeedCursor((ulong)_batches.Count + 1, Slot, _version);
        _batches.Add(new FeedBatch(cursor, 1_000 * _batches.Count, _open.ToArray()));
        _open = [];
        return this;
    }
}
