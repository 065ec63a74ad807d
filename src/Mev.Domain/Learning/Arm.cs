using System.Globalization;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Orleans;

namespace Mev.Domain.Learning;

/// <summary>What a sampler may choose: the share of the estimated profit that is bid as tip, and the route.</summary>
/// <param name="TipBasisPoints">Share in 1/10,000, 1 to 9,999; 0 in the value that stands for no arm.</param>
/// <param name="Route">Submission route; unknown in the value that stands for no arm.</param>
[GenerateSerializer, Immutable, Alias("mev.arm")]
public readonly record struct Arm([property: Id(0)] int TipBasisPoints, [property: Id(1)] Route Route)
{
    /// <summary>Least tip of any bid: 1,000 lamports, what block engines take at least.</summary>
    public static Lamports TipMin { get; } = new(1_000);

    /// <summary>The value that stands for no arm.</summary>
    public static Arm None => default;

    /// <summary>True for <see cref="None"/>.</summary>
    public bool IsNone => Route == Route.Unknown;

    /// <summary>The tip on an opportunity of that value, lamports rounded down.</summary>
    public Lamports TipOn(Lamports value) => value.Share(TipBasisPoints);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{TipBasisPoints / 100.0:0.##} % {Route}");
}
