using System.Globalization;
using System.Runtime.CompilerServices;
using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Adapters.Paper.Generation;

/// <summary>
/// A market made from a seed: a universe of pools held as account bytes in the real layouts, first as a snapshot, then
/// one batch for each transaction of an order flow that is applied with the exact mathematics, each with its
/// <see cref="FeedEventKind.Swap"/>. Repeatable, and as fast as it is read.
/// </summary>
public sealed class GeneratedFeed : IMarketFeed
{
    /// <summary>Pools in one batch of the snapshot.</summary>
    public const int PoolsPerBatch = 64;

    private const ulong ConfirmedAfter = 2;
    private const ulong FinalizedAfter = 32;
    private const ulong MillisecondsPerSlot = 400;

    private readonly GeneratedFeedOptions _options;
    private readonly TimeProvider _clock;

    /// <summary>A market of these options; <paramref name="clock"/> stamps the arrival of batches.</summary>
    public GeneratedFeed(GeneratedFeedOptions options, TimeProvider clock) => (_options, _clock) = (options, clock);

    /// <inheritdoc/>
    public string Description => $"generator seed {_options.Seed}, {_options.Pools} pools";

    /// <summary>All options but the number of transactions: more of them go on where fewer end.</summary>
    public string Identity => string.Create(CultureInfo.InvariantCulture,
        $"{Description}, {_options.Mints} mints, {_options.HubShareBasisPoints} bp hubs, "
        + $"{_options.WhirlpoolShareBasisPoints} bp whirlpools, {_options.TransactionsPerSlot} transactions a slot, "
        + $"swap median {_options.SwapMedian:R}, sigma {_options.SwapSigma:R}, band {_options.ReversionBand:R}, "
        + $"first gap {_options.FirstGap:R}, slot {_options.FirstSlot}, time {_options.FirstUnixTime}{Kinds}");

    /// <summary>Of a market that has them: one without is called as it was before there were any.</summary>
    private string Kinds
    {
        get
        {
            var (further, mints) = (_options.FurtherShareBasisPoints, _options.Token2022ShareBasisPoints);
            return further + mints == 0
                ? ""
                : string.Create(
                    CultureInfo.InvariantCulture, $", {further} bp of five further kinds, {mints} bp Token-2022");
        }
    }

    /// <inheritdoc/>
    public ulong? BatchesTotal => SnapshotBatches + _options.Transactions;

    /// <summary>Batches of the snapshot, which come first.</summary>
    public ulong SnapshotBatches => (ulong)(_options.Pools + PoolsPerBatch - 1) / PoolsPerBatch;

    /// <inheritdoc/>
    /// <exception cref="FeedException">No order can be executed any more.</exception>
    public async IAsyncEnumerable<FeedBatch> Read(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        var universe = new GeneratedUniverse(_options);
        var events = new EventBuffer();
        var seen = new HashSet<Pubkey>();
        var cursor = new FeedCursor(0, new Slot(_options.FirstSlot), 0);
        for (var first = 0; first < universe.Pools.Length; first += PoolsPerBatch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FillSnapshot(universe, first, seen, events);
            cursor = cursor with { Position = cursor.Position + 1 };
            yield return new FeedBatch(cursor, ArrivedNs(), events.Events);
        }
        var flow = new GeneratedFlow(universe, _options);
        for (var transaction = 0UL; !(transaction >= _options.Transactions); transaction++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            cursor = FillTransaction(flow, transaction, cursor, events);
            yield return new FeedBatch(cursor, ArrivedNs(), events.Events);
        }
    }

    private void FillSnapshot(GeneratedUniverse universe, int first, HashSet<Pubkey> seen, EventBuffer events)
    {
        events.Clear();
        var end = Math.Min(first + PoolsPerBatch, universe.Pools.Length);
        var slot = new Slot(_options.FirstSlot);
        for (var i = first; i < end; i++)
        {
            var pool = universe.Pools[i];
            for (var place = 0; place < pool.Balances.Length; place++)
            {
                if (!seen.Add(pool.Pool.Accounts[place].Key)) continue; // pools share seen
                events.Add(WriteOf(pool, place, events) with { IsStartup = true });
            }
        }
        if (end == universe.Pools.Length) events.Add(FeedEvent.SnapshotComplete(slot));
    }

    private FeedCursor FillTransaction(GeneratedFlow flow, ulong transaction, FeedCursor before, EventBuffer events)
    {
        events.Clear();
        var number = 1 + transaction / (ulong)_options.TransactionsPerSlot;
        var clock = new ChainClock(new Slot(_options.FirstSlot + number), UnixTimeOf(number));
        if (transaction % (ulong)_options.TransactionsPerSlot == 0) AddSlot(number, clock, events);

        var firstVersion = before.WriteVersion + 1;
        var (pool, order) = flow.ExecuteNext(clock, firstVersion);
        var signature = flow.Sign(transaction);
        events.Add(FeedEvent.Swap(order, signature));
        var last = before.WriteVersion;
        for (var place = 0; place < pool.Balances.Length; place++)
        {
            var version = pool.Pool.Accounts[place].WriteVersion;
            if (version < firstVersion) continue;
            if (version > last) last = version;
            events.Add(WriteOf(pool, place, events) with { Transaction = signature });
        }
        return new FeedCursor(before.Position + 1, clock.Slot, last);
    }

    private static AccountWrite WriteOf(GeneratedPool pool, int place, EventBuffer events)
    {
        var account = pool.Pool.Accounts[place];
        return new AccountWrite
        {
            Key = account.Key,
            Owner = account.Owner,
            Lamports = pool.Balances[place].Of(account.Data),
            Slot = account.Slot,
            WriteVersion = account.WriteVersion,
            Data = events.Copy(account.Data),
        };
    }

    private static void AddSlot(ulong number, in ChainClock clock, EventBuffer events)
    {
        var slot = clock.Slot.Value;
        events.Add(FeedEvent.SlotIs(SlotStatus.Processed, clock.Slot, new Slot(slot - 1)));
        if (number >= ConfirmedAfter)
            events.Add(FeedEvent.SlotIs(SlotStatus.Confirmed, new Slot(slot - ConfirmedAfter)));
        if (number >= FinalizedAfter)
            events.Add(FeedEvent.SlotIs(SlotStatus.Finalized, new Slot(slot - FinalizedAfter)));
        events.Add(FeedEvent.TimeIs(clock.Slot, clock.UnixTime));
    }

    private long UnixTimeOf(ulong number) => _options.FirstUnixTime + (long)(number * MillisecondsPerSlot / 1_000);

    private long ArrivedNs() => (_clock.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) * 100;
}
