using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Feed;
using Mev.Grains.Shards;
using Mev.Grains.Strategies;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mev.Grains.Feed;

/// <summary>
/// The feed side of this silo: assembles pools and posts what changed to the shards' mailboxes. Lays the shards
/// out once the snapshot is complete, and anew when pools have appeared. Used by the feed pump's thread only.
/// </summary>
internal sealed partial class MarketState(
    PoolAssembler assembler,
    MarketShards shards,
    StrategyCatalog catalog,
    SizingLimits sizing,
    IOptions<TradingOptions> options,
    ILogger<MarketState> logger)
{
    private const int RelayoutSlots = 16; // laying out is not cheap, and new pools come in bursts

    private readonly List<AssembledPool> _updates = [];
    private MarketLayout? _layout;
    private Slot _laidOutIn;
    private Slot _slot;
    private int _seen;
    private bool _hasNewPools;

    /// <summary>The chain's time.</summary>
    public ChainClock Clock => assembler.Clock;

    /// <summary>Pool states posted to shards.</summary>
    public long Updates { get; private set; }

    /// <summary>The layout in force; null before the snapshot is complete.</summary>
    public MarketLayout? Layout => _layout;

    /// <summary>
    /// Takes a batch and posts what it changed. A transaction that is open at its end stays hidden, unless the feed
    /// says that it ends there.
    /// </summary>
    public void Take(in FeedBatch batch, bool endsTransaction)
    {
        for (var part = 0; TakePart(batch, endsTransaction, part); part++)
        {
        }
    }

    /// <summary>
    /// Takes one part of a batch in one section of the gate, from 0 on in their order; true when another one follows.
    /// </summary>
    public bool TakePart(in FeedBatch batch, bool endsTransaction, int part)
    {
        var first = part * DrainBounds.PartEvents;
        if (first > 0 && first >= batch.Events.Length)
        {
            LayOut(batch.Cursor.Slot, batch.ArrivedNs);
            return false;
        }
        var count = Math.Min(DrainBounds.PartEvents, batch.Events.Length - first);
        var isLast = first + count == batch.Events.Length;
        using (shards.Gate.Show())
        {
            assembler.Take(batch with { Events = batch.Events.Slice(first, count) });
            if (isLast && endsTransaction) assembler.CloseTransaction();
            Post(batch.ArrivedNs);
            if (!endsTransaction) Begin(assembler.Clock.Slot, batch.ArrivedNs);
            shards.Newest.Advance(assembler.Clock);
        }
        return !isLast || (_hasNewPools && !assembler.NeedsSnapshot && IsLayoutDue(batch.Cursor.Slot));
    }

    /// <summary>Of a stream that cuts transactions anywhere, a live one: its times are those of the chain.</summary>
    private void Begin(Slot slot, long arrivedNs)
    {
        if (slot <= _slot) return;
        _slot = slot;
        shards.SlotStartedNs = arrivedNs;
    }

    /// <summary>Marks every pool stale when the feed was silent for too long.</summary>
    public void CheckStale(long nowNs)
    {
        using var shown = shards.Gate.Show();
        assembler.CheckStale(nowNs);
        Post(nowNs);
    }

    private bool IsLayoutDue(Slot slot) => _layout is null || slot >= _laidOutIn.Plus(RelayoutSlots);

    private void Post(long arrivedNs)
    {
        assembler.Drain(_updates);
        foreach (var update in _updates)
        {
            if (update.Number >= _seen) (_seen, _hasNewPools) = (update.Number + 1, true);
            _layout?.Post(update, arrivedNs);
        }
        Updates += _updates.Count;
    }

    private void LayOut(Slot slot, long arrivedNs)
    {
        var landingFee = new Lamports(catalog.Ids.Min(id => catalog.Find(id)!.LandingFee.Value));
        _layout = new MarketLayout([.. assembler.Pools], options.Value, sizing, landingFee);
        (_laidOutIn, _hasNewPools) = (slot, false);
        shards.Newest.LayOut(assembler.Pools);
        using (shards.Gate.Show()) // a shard sees all of a new layout or nothing
        {
            shards.All = _layout.Shards;
            foreach (var pool in assembler.Pools) _layout.Post(pool, arrivedNs);
        }
        LogLaidOut(_layout.PoolCount, _layout.CycleCount, _layout.Shards.Count, _layout.LeftOut);
    }

    [LoggerMessage(1030, LogLevel.Information,
        "{Pools} pools, {Cycles} cycles over {Shards} market shards; {LeftOut} cycles left out at Trading:CyclesMax")]
    private partial void LogLaidOut(int pools, int cycles, int shards, long leftOut);
}
