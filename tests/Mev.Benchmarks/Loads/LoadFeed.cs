using System.Runtime.CompilerServices;
using Mev.Benchmarks.Pipeline;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Journal.Audit;

namespace Mev.Benchmarks.Loads;

/// <summary>
/// Open loop: the universe as a snapshot, then transactions at intended times that do not wait for anybody. A batch
/// holds what is due, at most 64 transactions, and its arrival is the intended one of its first. Slots take 400 ms of
/// real time and are confirmed after 2 and final after 32.
/// </summary>
internal sealed class LoadFeed(LoadUniverse universe, LoadMix mix, LatencyProbe probe, TimeProvider time) : IMarketFeed
{
    public static readonly Slot FirstSlot = new(250_000_000);
    private const int PoolsPerBatch = 64;
    private const int TransactionsPerBatch = 64;
    private const long SlotNs = 400_000_000;
    private const long IdleNs = 1_000_000;

    private readonly FeedEvent[] _events = new FeedEvent[8 * TransactionsPerBatch];
    private readonly PoolVariant[] _variants = new PoolVariant[TransactionsPerBatch];
    private readonly LoadFlow _flow = new(universe, mix);
    private Pace _pace = new(0, 0);
    private long _startNs;
    private int _count;
    private ulong _version;
    private ulong _transaction;

    public string Description => $"{mix.Name}: {universe.Pools.Length} pools, {universe.Index.CycleCount} cycles";

    public ulong? BatchesTotal => null;

    /// <summary>Updates sent so far.</summary>
    public long Sent { get; private set; }

    /// <summary>The rate from now on, updates per second; 0 pauses. What was due before is dropped.</summary>
    public void SetRate(double updatesPerSecond) =>
        Volatile.Write(ref _pace, new Pace(updatesPerSecond, time.UnixNs()));

    public async IAsyncEnumerable<FeedBatch> Read(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var pacer = new Pacer();
        var position = 0UL;
        for (var first = 0; first < universe.Pools.Length; first += PoolsPerBatch)
            yield return new FeedBatch(new FeedCursor(++position, FirstSlot, 0), time.UnixNs(), Snapshot(first));
        _startNs = time.UnixNs();
        var (slot, pace, sent) = (0UL, _pace, 0L);
        while (!cancellationToken.IsCancellationRequested)
        {
            var now = time.UnixNs();
            _count = 0;
            var current = Volatile.Read(ref _pace);
            if (current != pace) (pace, sent) = (current, 0);
            if ((ulong)((now - _startNs) / SlotNs) > slot || slot == 0) AddSlot(++slot);
            var dueNs = pace.DueNs(sent);
            var transactions = 0;
            while (transactions < TransactionsPerBatch && pace.DueNs(sent + transactions) <= now) transactions++;
            sent += transactions;
            _flow.Next(_variants.AsSpan(0, transactions));
            for (var i = 0; i < transactions; i++) _variants[i].Stamp(++_transaction);
            for (var i = 0; i < transactions; i++)
                Add(_variants[i], FirstSlot.Plus((int)slot), _transaction - (ulong)(transactions - 1 - i));
            if (_count == 0)
            {
                await pacer.Sleep(Math.Min(pace.DueNs(sent) - now, IdleNs));
                continue;
            }
            Sent += transactions;
            if (transactions > 0) probe.Arrived(++position, dueNs, transactions);
            else position++;
            yield return new FeedBatch(
                new FeedCursor(position, FirstSlot.Plus((int)slot), _version), transactions > 0 ? dueNs : now,
                _events.AsMemory(0, _count));
        }
    }

    private ReadOnlyMemory<FeedEvent> Snapshot(int first)
    {
        var events = new List<FeedEvent>();
        var last = Math.Min(first + PoolsPerBatch, universe.Pools.Length);
        for (var i = first; i < last; i++)
            foreach (var account in universe.Pools[i].Accounts) events.Add(FeedEvent.Of(account.Startup(FirstSlot)));
        if (last == universe.Pools.Length) events.Add(FeedEvent.SnapshotComplete(FirstSlot));
        return events.ToArray();
    }

    private void Add(PoolVariant variant, Slot slot, ulong transaction)
    {
        Span<ulong> words = stackalloc ulong[TransactionSignature.Length / sizeof(ulong)];
        words.Fill(transaction);
        var signature = TransactionSignature.From(System.Runtime.InteropServices.MemoryMarshal.AsBytes(words));
        foreach (var write in variant.Writes)
        {
            _events[_count++] = FeedEvent.Of(new AccountWrite
            {
                Key = write.Key,
                Owner = write.Owner,
                Lamports = 1_000_000_000,
                Slot = slot,
                WriteVersion = ++_version,
                Transaction = signature,
                Data = write.Data,
            });
        }
    }

    private void AddSlot(ulong number)
    {
        var slot = FirstSlot.Plus((int)number);
        _events[_count++] = FeedEvent.SlotIs(SlotStatus.Processed, slot, new Slot(slot.Value - 1));
        if (number > 2) _events[_count++] = FeedEvent.SlotIs(SlotStatus.Confirmed, new Slot(slot.Value - 2));
        if (number > 32) _events[_count++] = FeedEvent.SlotIs(SlotStatus.Finalized, new Slot(slot.Value - 32));
        _events[_count++] = FeedEvent.TimeIs(slot, 1_760_000_000 + (long)number * 4 / 10);
    }

    private sealed record Pace(double UpdatesPerSecond, long FromNs)
    {
        public long DueNs(long number) =>
            UpdatesPerSecond > 0 ? FromNs + (long)(number * 1e9 / UpdatesPerSecond) : long.MaxValue;
    }
}
