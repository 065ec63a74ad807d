namespace Mev.Domain.Learning;

/// <summary>What an event says of the best rival bid, as the logarithm of its share of the estimated profit.</summary>
/// <param name="Side">Whether the value is known or only a bound.</param>
/// <param name="LnFraction">The value or the bound.</param>
internal readonly record struct WinEvidence(WinEvidence.Knowledge Side, double LnFraction)
{
    /// <summary>How much is known.</summary>
    internal enum Knowledge : byte
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>The winner's bid itself.</summary>
        Exact,

        /// <summary>The best rival bid was below ours.</summary>
        Below,

        /// <summary>The best rival bid was at least ours.</summary>
        Above,
    }

    /// <summary>The same of what a model left open.</summary>
    public WinEvidence Less(double offset) => this with { LnFraction = LnFraction - offset };

    /// <summary>What an event says; <paramref name="lnShare"/> is the logarithm of the played share.</summary>
    public static WinEvidence Of(in LearningEvent evidence, double lnShare) => evidence.Kind switch
    {
        LearningEventKind.Landed or LearningEventKind.Dropped => new(Knowledge.Below, lnShare),
        _ when evidence.WinnerFraction is { } fraction => new(Knowledge.Exact, DetMath.Ln(fraction)),
        LearningEventKind.Outbid => new(Knowledge.Above, lnShare),
        _ => default,
    };
}
