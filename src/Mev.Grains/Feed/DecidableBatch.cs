using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Opportunities;

namespace Mev.Grains.Feed;

/// <summary>Makes one round of decisions of what several shards or drains found.</summary>
internal static class DecidableBatch
{
    private const int BestMax = 16; // candidates that an intent's record names

    /// <summary>
    /// The WSOL-based opportunities by id, each once (a later drain may see the very states of an earlier one), counts
    /// summed, and the best candidates of all.
    /// </summary>
    public static OpportunityBatch Merge(FeedCursor cursor, IReadOnlyList<OpportunityBatch> parts)
    {
        var opportunities = new List<Opportunity>();
        var best = new List<SizedCandidate>();
        var counts = default(DrainCounts);
        foreach (var part in parts)
        {
            counts += part.Counts;
            best.AddRange(part.Best);
            foreach (var opportunity in part.Opportunities)
                if (opportunity.BaseMint == Mints.Wsol) opportunities.Add(opportunity);
        }
        opportunities.Sort(static (left, right) => left.Id.CompareTo(right.Id));
        return new OpportunityBatch
        {
            Cursor = cursor,
            Opportunities = [.. opportunities.Where((o, i) => i == 0 || o.Id != opportunities[i - 1].Id)],
            Counts = counts,
            Best = [.. best.OrderByDescending(candidate => candidate.Profit).ThenBy(c => c.Cycle).Take(BestMax)],
        };
    }
}
