using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Opportunities;

namespace Mev.Grains.Feed;

/// <summary>Makes one round of decisions of what several shards or drains found.</summary>
internal static class DecidableBatch
{
    /// <summary>
    /// The WSOL-based opportunities by id, each once (a later drain may see the very states of an earlier one), counts
    /// summed, and the best candidates of all.
    /// </summary>
    public static OpportunityBatch Merge(FeedCursor cursor, IReadOnlyList<OpportunityBatch> parts) =>
        Merge(cursor, parts, IsWhole(parts) ? parts[0].Opportunities : EachOnce(parts));

    /// <summary>The same with the opportunities that somebody chose among those of the parts.</summary>
    public static OpportunityBatch Merge(
        FeedCursor cursor, IReadOnlyList<OpportunityBatch> parts, ImmutableArray<Opportunity> opportunities)
    {
        if (IsWhole(parts)) return parts[0] with { Cursor = cursor, Opportunities = opportunities };
        var best = new List<SizedCandidate>();
        var accounts = new List<QuotedAccounts>();
        var counts = default(DrainCounts);
        foreach (var part in parts)
        {
            counts += part.Counts;
            best.AddRange(part.Best);
            accounts.AddRange(part.Accounts);
        }
        return new OpportunityBatch
        {
            Cursor = cursor,
            Opportunities = opportunities,
            Counts = counts,
            Best =
            [
                .. best.OrderByDescending(candidate => candidate.Profit).ThenBy(candidate => candidate.Cycle)
                    .Take(OpportunityBatch.BestMax),
            ],
            SlotStartedNs = parts.Max(part => part.SlotStartedNs),
            Accounts = [.. accounts],
        };
    }

    /// <summary>
    /// The batch as it is to be decided upon when the feed has come to <paramref name="now"/>: what waits is that much
    /// older. In lock-step nothing waits.
    /// </summary>
    public static OpportunityBatch At(OpportunityBatch batch, Slot now)
    {
        var more = now.Since(batch.Cursor.Slot);
        if (more == 0 || batch.Opportunities is not [{ Waited: not null }, ..]) return batch;
        return batch with { Opportunities = [.. batch.Opportunities.Select(Older)] };

        Opportunity Older(Opportunity opportunity) => opportunity with
        {
            Waited = opportunity.Waited is { } wait ? wait with { Slots = wait.Slots + more } : null,
        };
    }

    /// <summary>Gives the account bytes back, once nobody reads the batch's opportunities any more.</summary>
    public static void Release(OpportunityBatch batch)
    {
        foreach (var accounts in batch.Accounts) accounts.Release();
    }

    /// <summary>One part that nothing has to be summed, left out or shortened of.</summary>
    private static bool IsWhole(IReadOnlyList<OpportunityBatch> parts) =>
        parts.Count == 1 && parts[0].Counts.Listed == 0 && parts[0].Best.Length <= OpportunityBatch.BestMax;

    private static ImmutableArray<Opportunity> EachOnce(IReadOnlyList<OpportunityBatch> parts)
    {
        var opportunities = parts.SelectMany(part => part.Opportunities)
            .Where(opportunity => opportunity.BaseMint == Mints.Wsol).ToList();
        opportunities.Sort(static (left, right) => left.Id.CompareTo(right.Id));
        var distinct = ImmutableArray.CreateBuilder<Opportunity>(opportunities.Count);
        foreach (var opportunity in opportunities)
            if (distinct.Count == 0 || distinct[^1].Id != opportunity.Id) distinct.Add(opportunity);
        return distinct.DrainToImmutable();
    }
}
