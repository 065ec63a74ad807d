using Mev.Domain.Feed;
using Mev.Domain.Opportunities;
using Mev.Grains.Shards;
using Microsoft.Extensions.Options;

namespace Mev.Grains.Feed;

/// <summary>
/// The turns of a conflating run that is recorded, and their repetition. A turn takes in outcomes, drains and decides;
/// the feed waits for none of it, and what it brings meanwhile is conflated into the next drain. What a turn hangs on
/// besides the feed is noted, so that a run of the recording decides the same, hash for hash.
/// </summary>
internal sealed class DrainTurns(
    DrainTape tape, MarketState market, MarketShards silo, ShardDrains shards, DecisionBacklog backlog,
    DecisionRounds rounds, OutcomeRounds outcomes, IOptions<FeedPumpOptions> options)
{
    /// <summary>The run is one that conflates and is recorded.</summary>
    public bool IsRecording =>
        tape is { Recording: not null, Recorded: null } && options.Value.Pace == DrainPace.Conflate;

    /// <summary>The feed's recorded drains are repeated, whatever the pace.</summary>
    public bool IsRepeating => tape.Recorded is not null;

    /// <summary>Before the first turn of a run that is recorded or repeated.</summary>
    /// <param name="decidedTo">Cursor position up to which the journal holds decisions.</param>
    /// <exception cref="FeedException">The journal holds decisions, or nobody takes the orders.</exception>
    public void Begin(ulong decidedTo)
    {
        if (decidedTo > 0)
        {
            throw new FeedException(
                "the drains of a conflating run are recorded and repeated from its beginning, and the journal holds "
                + $"decisions up to batch {decidedTo}: name a new Journal:Path and State:Path");
        }
        if (tape.Orders is null)
        {
            throw new FeedException(
                "the drains of a conflating run are recorded and repeated on paper: it needs Execution:Mode Paper");
        }
        tape.Orders.Hold();
    }

    /// <summary>One turn.</summary>
    /// <exception cref="FeedException">The recording cannot be written.</exception>
    public async Task Take(CancellationToken cancellationToken)
    {
        var resolved = await outcomes.ResolveSeen(cancellationToken);
        var found = await shards.Drain(cancellationToken);
        var drain = new DrainBounds
        {
            Cuts = [.. shards.Cuts],
            Clock = shards.DrainedClock,
            Reached = shards.DrainedTo,
            DecidedIn = shards.Cursor.Slot,
            Outcomes = resolved,
            Ordered = 0,
        };
        await Decide(found, drain, cancellationToken);
        tape.Recording!.Note(drain with { Ordered = tape.Orders!.HandIn() });
    }

    /// <summary>No more turns.</summary>
    public void Close() => tape.Recording!.Close();

    /// <summary>By a live feed's own time, which is recorded; by a clock nothing is.</summary>
    public void CheckStale(IMarketFeed feed, in FeedBatch batch)
    {
        if (!feed.HasWholeTransactions) market.CheckStale(batch.ArrivedNs);
    }

    /// <summary>Repeats the recorded drains over the feed, and lets pass what follows the last one.</summary>
    /// <exception cref="FeedException">Feed and drains do not belong together.</exception>
    public async Task Repeat(
        IMarketFeed feed, ulong decidedTo, Action told, CancellationToken cancellationToken)
    {
        Begin(decidedTo);
        await using var parts = new FeedParts(feed, market, shards, cancellationToken);
        foreach (var drain in tape.Recorded!())
        {
            var found = await shards.Repeat(drain, ShowTo, cancellationToken);
            for (var resolved = 0U; resolved < drain.Outcomes || tape.Orders!.Taken() < drain.Ordered;)
            {
                resolved += await outcomes.ResolveSeen(cancellationToken, drain.Outcomes - resolved);
                if (resolved < drain.Outcomes || tape.Orders!.Taken() < drain.Ordered) await Next();
            }
            await Decide(found, drain, cancellationToken);
            tape.Orders!.HandIn();
            told();
        }
        while (await parts.Next()) cancellationToken.ThrowIfCancellationRequested();
        await outcomes.ResolveSeen(cancellationToken);

        async Task ShowTo(ulong shown)
        {
            while (silo.Gate.Shown < shown) await Next();
        }

        async Task Next()
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (parts.HasEnded)
                throw new FeedException($"{feed.Description} ends before its recorded drains: it is cut, or another's");
            await parts.Next(); // its end tells outcomes, too
        }
    }

    private async Task Decide(OpportunityBatch? found, DrainBounds drain, CancellationToken cancellationToken)
    {
        if (found is null) return;
        var round = backlog.Alone(found);
        await rounds.Decide(round, cancellationToken, drain.DecidedIn);
        DecidableBatch.Release(round);
    }
}
