using System.Collections.Immutable;
using Mev.Domain.Bundles;

namespace Mev.Domain.Learning;

/// <summary>
/// The 38 arms of the Beta-Thompson baseline: tip shares of 5 % to 95 % in steps of 5 %, by the standard route (index =
/// share) and the fast one (index = 19 + share).
/// </summary>
public static class BetaArms
{
    /// <summary>Tip shares.</summary>
    public const int SharesCount = 19;

    /// <summary>Arms.</summary>
    public const int Count = 2 * SharesCount;

    private const int StepBasisPoints = 500;

    /// <summary>The shares in rising order, basis points.</summary>
    public static ImmutableArray<int> SharesBasisPoints { get; } =
        [.. Enumerable.Range(1, SharesCount).Select(i => i * StepBasisPoints)];

    /// <summary>The arms in the order of their index.</summary>
    public static ImmutableArray<Arm> All { get; } =
    [
        .. SharesBasisPoints.Select(share => new Arm(share, Route.Standard)),
        .. SharesBasisPoints.Select(share => new Arm(share, Route.Fast)),
    ];
}
