using System.Buffers.Binary;
using System.Security.Cryptography;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Domain.Tests.Feed;

/// <summary>Account writes of fake pools, and short names for feed events.</summary>
internal static class FakeChain
{
    public static Pubkey Key(string name) => new(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)));

    public static PoolId Pool(int pool) => new(Key($"pool {pool}"));

    public static Pubkey Vault(int pool, int side) => Key($"vault {pool} {side}");

    public static Pubkey Part(int pool, int part) => Key($"part {pool} {part}");

    public static TransactionSignature Signature(int number)
    {
        Span<byte> bytes = stackalloc byte[64];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        bytes[63] = 1;
        return TransactionSignature.From(bytes);
    }

    public static AccountWrite PoolWrite(int pool, ulong number, ulong slot, ulong version, int transaction = 0)
    {
        var data = new byte[FakePool.PoolBytes];
        data[0] = 1;
        Vault(pool, 0).CopyTo(data.AsSpan(1));
        Vault(pool, 1).CopyTo(data.AsSpan(33));
        return Write(Pool(pool).Address, Programs.RaydiumCpmm, data, number, slot, version, transaction);
    }

    public static AccountWrite VaultWrite(
        int pool, int side, ulong number, ulong slot, ulong version, int transaction = 0) =>
        Write(Vault(pool, side), Programs.Token, new byte[8], number, slot, version, transaction);

    public static AccountWrite PartWrite(
        int pool, int part, ulong number, ulong slot, ulong version, int transaction = 0)
    {
        var data = new byte[FakePool.PartBytes];
        data[0] = 2;
        Pool(pool).Address.CopyTo(data.AsSpan(1));
        return Write(Part(pool, part), Programs.RaydiumCpmm, data, number, slot, version, transaction);
    }

    public static AccountWrite ClosedWrite(Pubkey key, ulong slot, ulong version, int transaction) => new()
    {
        Key = key,
        Owner = default,
        Lamports = 0,
        Slot = new Slot(slot),
        WriteVersion = version,
        Transaction = Signature(transaction),
        Data = default,
    };

    public static FeedEvent Processed(ulong slot, ulong parent) =>
        FeedEvent.SlotIs(SlotStatus.Processed, new Slot(slot), new Slot(parent));

    public static FeedEvent Confirmed(ulong slot) => FeedEvent.SlotIs(SlotStatus.Confirmed, new Slot(slot));

    public static FeedEvent Finalized(ulong slot) => FeedEvent.SlotIs(SlotStatus.Finalized, new Slot(slot));

    public static FeedEvent Dead(ulong slot) => FeedEvent.SlotIs(SlotStatus.Dead, new Slot(slot));

    /// <summary>A pool of which all is known, at slot 100: both vaults hold <paramref name="number"/>.</summary>
    public static PoolAssembler Start(ulong number, int pools = 1, AssemblerLimits? limits = null)
    {
        var assembler = new PoolAssembler(FakePool.TryCreate, FakePool.TryGetPoolOf, limits);
        Snapshot(assembler, number, 100, pools);
        return assembler;
    }

    public static void Snapshot(PoolAssembler assembler, ulong number, ulong slot, int pools = 1)
    {
        for (var pool = 0; pool < pools; pool++)
        {
            assembler.Take(PoolWrite(pool, number, slot, 0) with { IsStartup = true });
            assembler.Take(VaultWrite(pool, 0, number, slot, 0) with { IsStartup = true });
            assembler.Take(VaultWrite(pool, 1, number, slot, 0) with { IsStartup = true });
        }
        assembler.Take(FeedEvent.SnapshotComplete(new Slot(slot)), 0);
    }

    public static void Take(this PoolAssembler assembler, in AccountWrite write) =>
        assembler.Take(FeedEvent.Of(write), 0);

    public static void Take(this PoolAssembler assembler, in FeedEvent feedEvent) => assembler.Take(feedEvent, 0);

    /// <summary>Writes both vaults of a pool in one transaction and leaves it open.</summary>
    public static void Swap(this PoolAssembler assembler, int pool, ulong number, ulong slot, ulong version)
    {
        var transaction = checked((int)version);
        assembler.Take(VaultWrite(pool, 0, number, slot, version, transaction));
        assembler.Take(VaultWrite(pool, 1, number, slot, version + 1, transaction));
    }

    /// <summary>The feed is sure of the pool and its bytes are sound.</summary>
    public static bool IsQuotable(this AssembledPool pool)
    {
        var copy = new FakePool(pool.Id);
        return pool.CopyTo(copy) == PoolCondition.None && copy.Defect == PoolDefect.None;
    }

    public static AssembledPool Get(this PoolAssembler assembler, int pool)
    {
        Assert.True(assembler.TryGet(Pool(pool), out var update));
        return update;
    }

    /// <summary>The numbers of the two vaults, as the pool object has them.</summary>
    public static (ulong, ulong) Numbers(this PoolAssembler assembler, int pool)
    {
        var fake = (FakePool)assembler.Get(pool).Copy();
        return (fake.Number(Vault(pool, 0)), fake.Number(Vault(pool, 1)));
    }

    private static AccountWrite Write(
        Pubkey key, Pubkey owner, byte[] data, ulong number, ulong slot, ulong version, int transaction)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(data.Length - 8), number);
        return new AccountWrite
        {
            Key = key,
            Owner = owner,
            Lamports = 1,
            Slot = new Slot(slot),
            WriteVersion = version,
            Transaction = transaction == 0 ? default : Signature(transaction),
            Data = data,
        };
    }
}
