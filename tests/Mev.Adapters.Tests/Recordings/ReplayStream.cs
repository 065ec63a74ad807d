using Mev.Adapters.Tests.Feed;
using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Adapters.Tests.Recordings;

/// <summary>The events of a recording, straight and in the ways in which a live stream may tell the same.</summary>
internal sealed class ReplayStream(List<KeptBatch> batches)
{
    private const ulong InventedSlots = 10_000_000_000;

    public IEnumerable<FeedEvent> Straight() => batches.SelectMany(batch => batch.Events);

    /// <summary>Every write comes twice.</summary>
    public IEnumerable<FeedEvent> Twice() =>
        Straight().SelectMany(e => e.Kind == FeedEventKind.AccountWrite ? [e, e] : new[] { e });

    /// <summary>The writes of each slot in an order of their own, the orders left out.</summary>
    public IEnumerable<FeedEvent> Shuffled()
    {
        var writes = new List<FeedEvent>();
        foreach (var e in Straight())
        {
            if (e.Kind == FeedEventKind.AccountWrite) writes.Add(e);
            if (e.Kind is FeedEventKind.AccountWrite or FeedEventKind.Swap or FeedEventKind.BlockTime) continue;
            foreach (var write in InOtherOrder(writes)) yield return write;
            writes.Clear();
            yield return e;
        }
        foreach (var write in InOtherOrder(writes)) yield return write;
    }

    /// <summary>After each batch copies of writes from 1, 7 and 300 batches ago.</summary>
    public IEnumerable<FeedEvent> WithLateCopies()
    {
        for (var i = 0; i < batches.Count; i++)
        {
            foreach (var e in batches[i].Events) yield return e;
            foreach (var behind in new[] { 1, 7, 300 })
            {
                if (i - behind < 0) continue;
                foreach (var e in batches[i - behind].Events.Where(e => e.Kind == FeedEventKind.AccountWrite))
                    yield return e;
            }
        }
    }

    /// <summary>After each tenth batch a slot of invented writes that dies, and messages of it after that.</summary>
    public IEnumerable<FeedEvent> WithDeadSlots()
    {
        for (var i = 0; i < batches.Count; i++)
        {
            foreach (var e in batches[i].Events) yield return e;
            if (i % 10 != 9) continue;
            var dead = new Slot(InventedSlots + (ulong)i);
            yield return FeedEvent.SlotIs(SlotStatus.Processed, dead, batches[i].Cursor.Slot);
            foreach (var write in Invented(i, dead)) yield return write;
            yield return FeedEvent.SlotIs(SlotStatus.Dead, dead);
            foreach (var write in Invented(i, dead)) yield return write;
        }
    }

    private IEnumerable<FeedEvent> Invented(int batch, Slot dead) =>
        batches[batch].Events.Where(e => e.Kind == FeedEventKind.AccountWrite).Select(e =>
        {
            var data = e.Write.Data.ToArray();
            data.AsSpan(49, 64).Fill(0x11);
            return FeedEvent.Of(e.Write with { Slot = dead, Data = data });
        });

    private static IEnumerable<FeedEvent> InOtherOrder(List<FeedEvent> writes) =>
        writes.OrderBy(e => unchecked((e.Write.WriteVersion + 77) * 0x9e3779b97f4a7c15));
}
