using CsCheck;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using static Mev.Domain.Tests.Feed.FakeChain;

namespace Mev.Domain.Tests.Feed;

/// <summary>The end state depends on the versions of the writes alone, not on order, repetition or delay.</summary>
public sealed class PoolAssemblerStateTests
{
    private const int Pools = 3;
    private const int Slots = 12;

    private static readonly Gen<(int Pool, int Part)[]> Slot =
        Gen.Select(Gen.Int[0, Pools - 1], Gen.Int[0, 5]).Array[0, 12];

    private static readonly Gen<(List<AccountWrite>[] Slots, ulong Seed)> History =
        Gen.Select(Slot.Array[Slots], Gen.ULong).Select((slots, seed) => (Writes(slots), seed));

    [Fact]
    public void Shuffled_repeated_and_delayed_writes_end_in_the_same_state() =>
        History.Sample(
            history =>
            {
                var straight = State(Events(history.Slots));
                return straight == State(Twice(history.Slots)) && straight == State(Shuffled(history))
                    && straight == State(Delayed(history.Slots)) && straight == State(WithDeadSlots(history.Slots));
            },
            iter: 500);

    [Fact]
    public void A_state_that_differs_is_told_apart()
    {
        var writes = Writes([[(0, 0), (1, 2)], [(0, 1)]]);
        var changed = Writes([[(0, 0), (1, 2)], [(0, 1), (2, 2)]]);
        Assert.NotEqual(State(Events(writes)), State(Events(changed)));
    }

    private static List<AccountWrite>[] Writes((int Pool, int Part)[][] slots)
    {
        var version = 0UL;
        return [.. slots.Select((writes, index) => writes.Select(write => Of(write, 101 + (ulong)index)).ToList())];

        AccountWrite Of((int Pool, int Part) write, ulong slot)
        {
            version++;
            var transaction = checked((int)(version + 1) / 2);
            return write.Part switch
            {
                0 or 1 => VaultWrite(write.Pool, write.Part, version, slot, version, transaction),
                2 => PoolWrite(write.Pool, version, slot, version, transaction),
                _ => PartWrite(write.Pool, write.Part, version, slot, version, transaction),
            };
        }
    }

    private static IEnumerable<FeedEvent> Events(List<AccountWrite>[] slots)
    {
        for (var i = 0; i < slots.Length; i++)
        {
            yield return Processed(101 + (ulong)i, 100 + (ulong)i);
            if (i > 2) yield return Confirmed(99 + (ulong)i);
            if (i > 5) yield return Finalized(96 + (ulong)i);
            foreach (var write in slots[i]) yield return FeedEvent.Of(write);
        }
    }

    private static IEnumerable<FeedEvent> Twice(List<AccountWrite>[] slots) =>
        Events([.. slots.Select(writes => writes.SelectMany(write => new[] { write, write }).ToList())]);

    private static IEnumerable<FeedEvent> Shuffled((List<AccountWrite>[] Slots, ulong Seed) history) =>
        Events([.. history.Slots.Select(writes => writes.OrderBy(write =>
            unchecked((write.WriteVersion + history.Seed) * 0x9e3779b97f4a7c15)).ToList())]);

    private static IEnumerable<FeedEvent> Delayed(List<AccountWrite>[] slots) =>
        Events([.. slots.Select((writes, index) => writes.Concat(slots[index / 2]).Concat(slots[0]).ToList())]);

    private static IEnumerable<FeedEvent> WithDeadSlots(List<AccountWrite>[] slots)
    {
        foreach (var feedEvent in Events(slots))
        {
            yield return feedEvent;
            if (feedEvent.Kind != FeedEventKind.SlotStatus || feedEvent.Status != SlotStatus.Processed) continue;
            var dead = 1_000 + feedEvent.Slot.Value;
            yield return Processed(dead, feedEvent.Slot.Value);
            yield return FeedEvent.Of(VaultWrite(0, 0, 666, dead, 1, 9_000));
            yield return FeedEvent.Of(PartWrite(1, 7, 666, dead, 2, 9_000));
            yield return Dead(dead);
            yield return FeedEvent.Of(VaultWrite(0, 0, 667, dead, 3, 9_001));
        }
    }

    private static string State(IEnumerable<FeedEvent> events)
    {
        var assembler = Start(1, Pools);
        foreach (var feedEvent in events) assembler.Take(feedEvent);
        assembler.CloseTransaction();
        var accounts = assembler.Accounts.Order().Select(key =>
            assembler.TryGetAccount(key, out var write) ? $"{key} {Convert.ToHexString(write.Data.Span)}" : "gone");
        var pools = Enumerable.Range(0, Pools).SelectMany(pool => assembler.Get(pool).Copy().Accounts.ToArray()
            .Where(account => account.Exists).OrderBy(account => account.Key)
            .Select(account => $"{pool} {account.Key} {Convert.ToHexString(account.Data)}"));
        var conditions = Enumerable.Range(0, Pools).Select(pool => assembler.Get(pool).Condition.ToString());
        return string.Join('\n', [.. accounts, .. pools, .. conditions]);
    }
}
