using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Gateway.Overviews;
using Mev.Gateway.Wire;
using Mev.Journal.Stores.Queries;

namespace Mev.Gateway.Stores;

/// <summary>Land rate and profit over time, never one without the other.</summary>
internal sealed record ResultHistory(
    string From, string To, string Label, ImmutableArray<ResultHistory.Part> Points, ResultHistory.Part Total)
{
    public static ResultHistory Of(StoreRange range, ImmutableArray<ResultPoint> points, string label)
    {
        var sum = Nothing(range.FromNs);
        var parts = ImmutableArray.CreateBuilder<Part>(points.Length);
        foreach (var point in points)
        {
            sum = Sum(sum, point);
            parts.Add(Part.Of(point, sum.Net, label));
        }
        return new ResultHistory(
            Moments.Iso(range.FromNs), Moments.Iso(range.ToNs), label, parts.MoveToImmutable(),
            Part.Of(sum, sum.Net, label));
    }

    private static ResultPoint Nothing(long atNs) => new()
    {
        AtNs = atNs,
        Decisions = 0,
        Submits = 0,
        Declined = 0,
        Landed = 0,
        Refused = 0,
        Expired = 0,
        Unknown = 0,
        Realised = Lamports.Zero,
        Tips = Lamports.Zero,
    };

    private static ResultPoint Sum(ResultPoint sum, ResultPoint point) => sum with
    {
        Decisions = sum.Decisions + point.Decisions,
        Submits = sum.Submits + point.Submits,
        Declined = sum.Declined + point.Declined,
        Landed = sum.Landed + point.Landed,
        Refused = sum.Refused + point.Refused,
        Expired = sum.Expired + point.Expired,
        Unknown = sum.Unknown + point.Unknown,
        Realised = Bounded(sum.Realised, point.Realised),
        Tips = Bounded(sum.Tips, point.Tips),
    };

    // Amounts of a record are whatever somebody wrote: sums end at what can still be subtracted.
    private static Lamports Bounded(Lamports left, Lamports right) =>
        new((long)Int128.Clamp((Int128)left.Value + right.Value, long.MinValue / 2, long.MaxValue / 2));

    /// <summary>One interval, or all of them; <c>NetSoFar</c> is from the beginning of the range on.</summary>
    internal sealed record Part(
        string At, long Decisions, long Submits, long Declined, long Landed, long Refused, long Expired, long Unknown,
        long Open, LandRate LandRate, LandRate OfSubmitted, Lamports Realised, Lamports Tips, Lamports Net,
        Lamports NetSoFar)
    {
        public static Part Of(ResultPoint point, Lamports netSoFar, string label) => new(
            Moments.Iso(point.AtNs), point.Decisions, point.Submits, point.Declined, point.Landed, point.Refused,
            point.Expired, point.Unknown, point.Open,
            new LandRate(point.OfOffered.Count, point.OfOffered.Of, label),
            new LandRate(point.OfSubmitted.Count, point.OfSubmitted.Of, label), point.Realised, point.Tips, point.Net,
            netSoFar);
    }
}
