using System.Buffers.Binary;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Adapters.Tests.Simulator;
using Mev.Domain.Chain;

namespace Mev.Adapters.Tests.Yellowstone;

public sealed class YellowstoneTransactionTests
{
    private const byte TokenTransfer = 3;

    [Fact]
    public async Task Transactions_come_with_the_instructions_that_theirs_called_and_with_what_moved()
    {
        await using var simulator = await SimulatorRun.Start();
        await using var feed = simulator.Read();
        await simulator.Complete(feed);
        var observed = feed.Feed.Observe();
        simulator.Ticks.NextSlots(20);
        await simulator.CaughtUp(feed);
        var seen = new List<ObservedTransaction>();
        while (observed.TryRead(out var next)) seen.Add(Assert.IsType<ObservedTransaction>(next));
        Assert.Equal(20 * 8, seen.Count);
        Assert.Equal(3, seen.Select(transaction => transaction.Instructions[1].Program).Distinct().Count());
        Assert.All(seen, transaction =>
        {
            Assert.False(transaction.IsFailed);
            Assert.Equal(new Lamports(5_000), transaction.Fee);
            Assert.Equal(5_000UL, transaction.Balances[0].Before - transaction.Balances[0].After);
            Assert.True(transaction.ComputeUnits > 10_000);
            Assert.Equal(
                [(0, 1), (1, 1), (1, 2), (1, 2)], transaction.Instructions.Select(call => (call.Outer, call.Depth)));
            Assert.Equal(Programs.ComputeBudget, transaction.Instructions[0].Program);
            Assert.Equal(Programs.Token, transaction.Instructions[2].Program);
            Assert.All(transaction.Instructions.Skip(2), call => Assert.Equal(TokenTransfer, call.Data.Span[0]));
        });
        AssertVaultsMoved(simulator, seen);
        AssertWrites(simulator, seen);
    }

    [Fact]
    public async Task Who_does_not_keep_up_is_told_of_a_break_before_anything_that_came_later()
    {
        await using var simulator = await SimulatorRun.Start();
        await using var feed = simulator.Read(simulator.Options(transactions: 10));
        await simulator.Complete(feed);
        var observed = feed.Feed.Observe();
        simulator.Ticks.NextSlots(20);
        await simulator.CaughtUp(feed);
        Assert.Equal(10, observed.Count);
        var forgotten = feed.Counts.Limits().Single(limit => limit.Name == "yellowstone.transactions");
        Assert.Equal(20 * 8 - 10, forgotten.Count);
        while (observed.TryRead(out var early)) Assert.IsType<ObservedTransaction>(early);
        simulator.Ticks.NextSlots(1);
        await simulator.CaughtUp(feed);
        Assert.True(observed.TryRead(out var next));
        Assert.Equal(new ObservedBreak(default), next);
    }

    [Fact]
    public async Task Before_somebody_reads_nothing_is_kept()
    {
        await using var simulator = await SimulatorRun.Start();
        await using var feed = simulator.Read(simulator.Options(transactions: 10));
        await simulator.Complete(feed);
        simulator.Ticks.NextSlots(20);
        await simulator.CaughtUp(feed);
        Assert.Equal((0, 0), (feed.Feed.Observe().Count, feed.Counts.TransactionsForgotten));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Slots_that_are_given_up_break_what_was_told_of_them(bool isTold)
    {
        await using var simulator = await SimulatorRun.Start($"Simulator:TellsDeadSlots={isTold}");
        await using var feed = simulator.Read();
        await simulator.Complete(feed);
        var observed = feed.Feed.Observe();
        simulator.Ticks.NextSlots(3);
        Slot dead;
        lock (simulator.Chain.Gate) (dead, simulator.Chain.Blocks.ForkNext) = (simulator.Chain.Blocks.Open.Slot, 1);
        simulator.Ticks.NextSlots(3);
        await simulator.CaughtUp(feed);
        var seen = new List<Observation>();
        while (observed.TryRead(out var next)) seen.Add(next);
        var place = seen.FindIndex(one => one is ObservedBreak);
        Assert.Equal(dead, Assert.IsType<ObservedBreak>(seen[place]).From);
        Assert.All(seen.Take(place).OfType<ObservedTransaction>(), one => Assert.True(one.Slot <= dead));
        Assert.All(seen.Skip(place + 1).OfType<ObservedTransaction>(), one => Assert.True(one.Slot > dead));
    }

    /// <summary>
    /// Applied one after the other, the values that transactions left are those of the chain; each left its pool's.
    /// </summary>
    private static void AssertWrites(SimulatorRun simulator, List<ObservedTransaction> seen)
    {
        Assert.All(seen, one => Assert.All(one.Writes, write => Assert.Equal(one.Signature, write.Transaction)));
        Assert.All(seen, one => Assert.NotEmpty(one.Writes));
        var last = seen.SelectMany(one => one.Writes).ToLookup(write => write.Key);
        lock (simulator.Chain.Gate)
        {
            var view = simulator.Chain.At(simulator.Chain.Blocks.Tip.Slot);
            Assert.All(last, writes => Assert.Equal(
                view.Find(writes.Key)!.Data.ToArray(), writes.Last().Data.ToArray()));
        }
    }

    /// <summary>The transfers of all transactions add up to what the vaults of the chain hold more or less.</summary>
    private static void AssertVaultsMoved(SimulatorRun simulator, List<ObservedTransaction> seen)
    {
        var moved = new Dictionary<Pubkey, Int128>();
        foreach (var call in seen.SelectMany(transaction => transaction.Instructions.Skip(2)))
        {
            var amount = BinaryPrimitives.ReadUInt64LittleEndian(call.Data.Span[1..]);
            moved[call.Accounts[0]] = moved.GetValueOrDefault(call.Accounts[0]) - amount;
            moved[call.Accounts[1]] = moved.GetValueOrDefault(call.Accounts[1]) + amount;
        }
        var slots = seen.Select(transaction => transaction.Slot).ToList();
        Assert.Equal(slots.Order(), slots);
        lock (simulator.Chain.Gate)
        {
            var tip = simulator.Chain.Blocks.Tip.Slot;
            var (before, after) = (simulator.Chain.At(new Slot(tip.Value - 20)), simulator.Chain.At(tip));
            var vaults = moved.Keys.Where(key => after.Find(key)?.Owner == Programs.Token).ToList();
            Assert.NotEmpty(vaults);
            Assert.All(vaults, key => Assert.Equal(moved[key], (Int128)AmountOf(after, key) - AmountOf(before, key)));
        }
    }

    private static ulong AmountOf(Mev.Simulator.Chain.AccountView view, Pubkey key) =>
        BinaryPrimitives.ReadUInt64LittleEndian(view.Find(key)!.Data.Span[64..]);
}
