using System.Threading.Channels;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Adapters.Solana.Yellowstone.Wire;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Chain;
using SlotStatus = Mev.Adapters.Solana.Yellowstone.Wire.SlotStatus;

namespace Mev.Adapters.Tests.Yellowstone;

/// <summary>Writes and transactions as a stream tells them apart.</summary>
public sealed class TransactionWritesTests
{
    private readonly Channel<Observation> _told = Channel.CreateUnbounded<Observation>();
    private readonly YellowstoneCounts _counts = new(new YellowstoneOptions());
    private readonly TransactionWrites _writes;

    public TransactionWritesTests() => _writes = new TransactionWrites(_told.Writer, _counts);

    [Fact]
    public void A_transaction_has_the_writes_of_its_signature_in_their_order()
    {
        _writes.Take(Write(1, version: 9));
        _writes.Take(Write(2, version: 7));
        _writes.Take(Write(1, version: 8));
        _writes.Take(Transaction(1));
        Assert.Equal([8UL, 9UL], Transactions().Single().Writes.Select(write => write.WriteVersion));
    }

    [Fact]
    public void Writes_without_a_transaction_are_told_as_nobodys_when_their_slot_is_processed()
    {
        _writes.Take(Write(1, version: 8));
        _writes.Take(Write(2, version: 7, slot: 11));
        _writes.Take(Step(10, SlotStatus.SlotProcessed, parent: 9));
        var unexplained = Transactions().Single();
        Assert.Equal((new Slot(10), 0), (unexplained.Slot, unexplained.Instructions.Length));
        Assert.Equal([8UL], unexplained.Writes.Select(write => write.WriteVersion));
        _writes.Take(Write(0, version: 9)); // of no signature
        Assert.Equal([9UL], Transactions().Single().Writes.Select(write => write.WriteVersion));
        _writes.Take(Write(0, version: 9) with { Key = Programs.ClockSysvar });
        _writes.Take(Write(3, version: 9) with { IsStartup = true });
        _writes.Take(Step(10, SlotStatus.SlotConfirmed, parent: 9));
        Assert.Empty(Transactions());
    }

    [Fact]
    public void A_dead_slot_a_fork_and_a_broken_stream_break_from_where_they_begin()
    {
        _writes.Take(Transaction(1));
        _writes.Take(Step(11, SlotStatus.SlotCreatedBank, parent: 10));
        _writes.Take(Step(12, SlotStatus.SlotDead, parent: 11)); // nothing of it was told
        Assert.IsType<ObservedTransaction>(Assert.Single(All()));
        _writes.Take(Step(12, SlotStatus.SlotProcessed, parent: 9));
        Assert.Equal([new ObservedBreak(new Slot(10))], All());
        _writes.Take(Transaction(2));
        _writes.Take(Step(10, SlotStatus.SlotDead, parent: 9));
        Assert.Equal(new ObservedBreak(new Slot(10)), All()[^1]);
        _writes.Take(Write(3, version: 8));
        _writes.Break();
        _writes.Take(Transaction(3));
        var after = All();
        Assert.Equal(new ObservedBreak(default), after[0]);
        Assert.Empty(Assert.IsType<ObservedTransaction>(after[1]).Writes); // those of before may not be all
    }

    [Fact]
    public void Writes_that_wait_beyond_the_bound_are_lost_with_a_break()
    {
        for (var i = 1; i <= TransactionWrites.WaitingMax + 1; i++) _writes.Take(Write(i, version: 8));
        Assert.Equal([new ObservedBreak(default)], All());
        var limit = _counts.Limits().Single(one => one.Name == "yellowstone.waiting-writes");
        Assert.Equal((TransactionWrites.WaitingMax, TransactionWrites.WaitingMax), (limit.Bound, limit.Count));
    }

    [Fact]
    public void Bytes_that_wait_are_bounded_too_and_what_is_told_makes_room()
    {
        var data = new byte[UpdateReader.AccountBytesMax]; // the same for all: the bound counts each
        var most = (int)(TransactionWrites.WaitingBytesMax / data.Length);
        for (var i = 1; i <= most; i++) _writes.Take(Write(i, version: 8) with { Data = data });
        _writes.Take(Transaction(1));
        Assert.Single(Transactions());
        _writes.Take(Write(1, version: 9) with { Data = data });
        Assert.Equal(0, _counts.WritesForgotten);
        _writes.Take(Write(most + 1, version: 8) with { Data = data });
        Assert.Equal([new ObservedBreak(default)], All());
        Assert.Equal(most, _counts.WritesForgotten);
    }

    private List<Observation> All()
    {
        var all = new List<Observation>();
        while (_told.Reader.TryRead(out var next)) all.Add(next);
        return all;
    }

    private IEnumerable<ObservedTransaction> Transactions() => All().Cast<ObservedTransaction>();

    private static SubscribeUpdateSlot Step(ulong slot, SlotStatus status, ulong parent) =>
        new() { Slot = slot, Status = status, Parent = parent };

    private static AccountWrite Write(int transaction, ulong version, ulong slot = 10) => new()
    {
        Key = Samples.Key("account"),
        Owner = Programs.Token,
        Lamports = 1,
        Slot = new Slot(slot),
        WriteVersion = version,
        Transaction = Signature(transaction),
        Data = default,
    };

    private static ObservedTransaction Transaction(int number) =>
        ObservedTransaction.Unexplained(Signature(number), new Slot(10), []);

    private static TransactionSignature Signature(int number)
    {
        var bytes = new byte[TransactionSignature.Length];
        BitConverter.TryWriteBytes(bytes, number);
        return TransactionSignature.From(bytes);
    }
}
