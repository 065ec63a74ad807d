using System.Collections.Immutable;
using Mev.Domain.Learning;

namespace Mev.Journal.Strategies;

/// <summary>
/// How a belief came to be what it is: a point every so many outcomes. When the points are too many every second one
/// goes and the next come half as often, so that a short list always spans the whole time.
/// </summary>
internal sealed class PosteriorHistory
{
    /// <summary>Points at most.</summary>
    public const int PointsMax = 64;

    private const long FirstStep = 16;
    private static readonly int[] SharesBasisPoints = [2_500, 4_500, 6_500, 8_500]; // arms of every kind

    private readonly List<PosteriorPoint> _points;
    public PosteriorHistory(ImmutableArray<PosteriorPoint> points, long step, long outcomes) =>
        (_points, Step, Outcomes) = ([.. points], Math.Max(step, FirstStep), outcomes);

    /// <summary>Outcomes between two points.</summary>
    public long Step { get; private set; }

    /// <summary>Outcomes of all epochs that were learnt from.</summary>
    public long Outcomes { get; private set; }

    /// <summary>Oldest first.</summary>
    public ImmutableArray<PosteriorPoint> Points => [.. _points];

    /// <summary>The belief has learnt from a further outcome, the record at that offset.</summary>
    public void Add(ISampler sampler, ulong epoch, long learnt, long offset, long atMs)
    {
        if (++Outcomes % Step != 0) return;
        if (_points.Count == PointsMax)
        {
            for (var i = PointsMax - 2; i >= 0; i -= 2) _points.RemoveAt(i); // the newer of each two stays
            Step *= 2;
            if (Outcomes % Step != 0) return;
        }
        _points.Add(new PosteriorPoint
        {
            Offset = offset,
            AtMs = atMs,
            Epoch = epoch,
            Id = sampler.Id,
            Learnt = learnt,
            Landing = [.. SharesBasisPoints.Select(share => sampler.TypicalLanding(ArmOf(sampler, share)))],
        });
    }

    private static int ArmOf(ISampler sampler, int share)
    {
        var arm = 0;
        while (sampler.Arms[arm] != new Arm(share, Domain.Bundles.Route.Fast)) arm++;
        return arm;
    }
}
