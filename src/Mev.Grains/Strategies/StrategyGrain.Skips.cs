using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Feed;
using Mev.Domain.Learning;
using Mev.Domain.Opportunities;
using Mev.Journal.Audit;
using Mev.Journal.Strategies;

namespace Mev.Grains.Strategies;

/// <content>
/// What becomes of chances that the sampler let pass. What is watched lives in memory: after a restart nobody tells of
/// it, and evidence that is not there is not learnt.
/// </content>
internal sealed partial class StrategyGrain
{
    private const int SkipsMax = 1_024; // remembered; beyond, the oldest is forgotten

    private readonly Dictionary<OpportunityId, (OpenIntent Skip, RandomKey Key)> _skips = [];
    private readonly Queue<OpportunityId> _skipOrder = new();

    public async ValueTask Taken(OpportunityId opportunity, AttributedWinner winner)
    {
        if (!_skips.Remove(opportunity, out var known)) return; // removed first: never journalled twice
        if (winner.Bid <= Lamports.Zero) return;
        var observedMs = time.UnixNs() / 1_000_000;
        await Append(TakenRecords.Of(known.Skip, _parameters.Id, known.Key, winner, observedMs));
    }

    /// <summary>
    /// Those of a batch of which the winner would teach, with what they saw, while their accounts stand.
    /// </summary>
    private List<(int Index, SkippedChance Chance)> Skipped(Decision[] decisions)
    {
        var skipped = new List<(int, SkippedChance)>();
        if (watchSkipped is null) return skipped;
        for (var i = 0; i < decisions.Length; i++)
        {
            var decision = decisions[i];
            if (decision is not { Action: DecisionAction.Skip, Reason: DecisionReason.NoArmAboveZero }) continue;
            if (decision.Value <= Lamports.Zero) continue;
            skipped.Add((i, new SkippedChance
            {
                Opportunity = decision.Opportunity.Id,
                Hops = decision.Opportunity.Hops,
                Fee = _builder.LandingFee,
                Seen = SeenBy(decision.Opportunity),
            }));
        }
        return skipped;
    }

    private void Watch(List<(int Index, SkippedChance Chance)> skipped, Decision[] decisions, long firstOffset)
    {
        foreach (var (index, chance) in skipped)
        {
            if (!watchSkipped!(chance)) continue;
            var decision = decisions[index];
            var skip = new OpenIntent
            {
                Opportunity = chance.Opportunity,
                Offset = firstOffset + index,
                Arm = -1,
                Value = decision.Value,
                Surroundings = decision.Surroundings,
                Pools = [.. chance.Hops.Select(hop => hop.Hop.Pool)],
            };
            if (_skips.TryAdd(chance.Opportunity, (skip, decision.Draws.Key))) _skipOrder.Enqueue(chance.Opportunity);
        }
        while (_skipOrder.Count > SkipsMax) _skips.Remove(_skipOrder.Dequeue());
    }

    private static FeedCursor SeenBy(Opportunity opportunity)
    {
        var newest = default(FeedCursor);
        foreach (ref readonly var use in opportunity.Accounts.Span)
        {
            if ((use.Slot.Value, use.WriteVersion).CompareTo((newest.Slot.Value, newest.WriteVersion)) > 0)
                newest = new FeedCursor(0, use.Slot, use.WriteVersion);
        }
        return newest;
    }
}
