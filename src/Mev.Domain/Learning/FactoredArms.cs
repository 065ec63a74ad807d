using System.Collections.Immutable;
using Mev.Domain.Bundles;

namespace Mev.Domain.Learning;

/// <summary>
/// The 94 arms of the factored sampler: tip shares of 5 % to 97 % in steps of 2 %, each by the standard and by the fast
/// route (index = 2 * share + route).
/// </summary>
public static class FactoredArms
{
    /// <summary>Tip shares.</summary>
    public const int SharesCount = 47;

    /// <summary>Submission routes.</summary>
    public const int RoutesCount = 2;

    /// <summary>Arms.</summary>
    public const int Count = RoutesCount * SharesCount;

    private const int FirstBasisPoints = 500;
    private const int StepBasisPoints = 200;

    /// <summary>The shares in rising order, basis points.</summary>
    public static ImmutableArray<int> SharesBasisPoints { get; } =
        [.. Enumerable.Range(0, SharesCount).Select(i => FirstBasisPoints + i * StepBasisPoints)];

    /// <summary>The arms in the order of their index.</summary>
    public static ImmutableArray<Arm> All { get; } =
    [
        .. SharesBasisPoints.SelectMany(share => new[] { new Arm(share, Route.Standard), new Arm(share, Route.Fast) }),
    ];

    /// <summary>The shares as fractions.</summary>
    internal static readonly double[] Shares = [.. SharesBasisPoints.Select(share => share / 10_000.0)];

    /// <summary>Logarithms of the shares.</summary>
    internal static readonly double[] LnShares = [.. Shares.Select(DetMath.Ln)];
}
