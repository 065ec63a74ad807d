using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Limits;
using Mev.Domain.Opportunities;

namespace Mev.Grains.Feed;

/// <summary>
/// Conflates what several drains found as a mailbox does pools: of each cycle the version seen last. One that gives way
/// is no decision and has no record; it is counted.
/// </summary>
/// <param name="waitSlotsMax">What waited for more slots is skipped when it is decided upon.</param>
internal sealed class NewestChances(int waitSlotsMax)
{
    /// <summary>Opportunities of one round at most: some megabytes of records.</summary>
    public const int RoundMax = 4_096;

    private readonly Dictionary<Digest, Opportunity> _byCycle = [];
    private long _foundAgain;
    private long _conflated;
    private long _leftOut;

    /// <summary>Opportunities that were found again, their states being the same.</summary>
    public long FoundAgain => Volatile.Read(ref _foundAgain);

    /// <summary>The bounded places with their counts as of now.</summary>
    public IEnumerable<LimitCount> Limits() =>
    [
        new("decisions.versions", 1, AtLimit.Replace, Volatile.Read(ref _conflated)),
        new("decisions.round", RoundMax, AtLimit.LeaveOut, Volatile.Read(ref _leftOut)),
    ];

    /// <summary>
    /// The newest version of each cycle. Places may be scarce, so what was seen last comes first, of that the most
    /// profitable, then by id: an order that no number of shards changes.
    /// </summary>
    /// <param name="drains">What was found, in the order of the drains.</param>
    /// <param name="now">How far the feed was taken.</param>
    public ImmutableArray<Opportunity> Of(List<OpportunityBatch> drains, Slot now)
    {
        _byCycle.Clear();
        foreach (var drain in drains)
        {
            var wait = new Wait(now.Since(drain.Cursor.Slot), waitSlotsMax);
            foreach (var opportunity in drain.Opportunities)
            {
                if (_byCycle.TryGetValue(opportunity.Cycle, out var older))
                    (older.Id == opportunity.Id ? ref _foundAgain : ref _conflated)++;
                _byCycle[opportunity.Cycle] = opportunity with { Waited = wait };
            }
        }
        var chances = _byCycle.Values.ToArray();
        Array.Sort(chances, Order);
        _leftOut += Math.Max(0, chances.Length - RoundMax);
        return ImmutableArray.Create(chances, 0, Math.Min(chances.Length, RoundMax));
    }

    private static int Order(Opportunity left, Opportunity right)
    {
        var order = left.Waited!.Value.Slots.CompareTo(right.Waited!.Value.Slots);
        if (order == 0) order = right.GrossProfit.Value.CompareTo(left.GrossProfit.Value);
        return order != 0 ? order : left.Id.CompareTo(right.Id);
    }
}
