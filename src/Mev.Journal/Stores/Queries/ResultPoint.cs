using Mev.Domain.Bundles;
using Mev.Domain.Chain;

namespace Mev.Journal.Stores.Queries;

/// <summary>
/// What came of the decisions of one interval, by the last word on each. Land rate and profit stand together: a rate
/// that was bought with tips shows in the profit, and one that was kept up by skipping does not rise.
/// </summary>
public sealed record ResultPoint
{
    /// <summary>Beginning of the interval, nanoseconds since 1970.</summary>
    public required long AtNs { get; init; }

    /// <summary>Decisions, skips and blocks included.</summary>
    public required long Decisions { get; init; }

    /// <summary>Decisions to submit.</summary>
    public required long Submits { get; init; }

    /// <summary>Skips that the sampler chose: chances that it was offered and did not bid for.</summary>
    public required long Declined { get; init; }

    /// <summary>Bundles landed.</summary>
    public required long Landed { get; init; }

    /// <summary>Bundles refused.</summary>
    public required long Refused { get; init; }

    /// <summary>Bundles expired.</summary>
    public required long Expired { get; init; }

    /// <summary>Bundles of which evidence is missing.</summary>
    public required long Unknown { get; init; }

    /// <summary>
    /// Profit after fixed fees, before tips, less the fees of those that failed on the chain.
    /// </summary>
    public required Lamports Realised { get; init; }

    /// <summary>Tips of the landed bundles.</summary>
    public required Lamports Tips { get; init; }

    /// <summary>Profit after fixed fees and tips.</summary>
    public Lamports Net => Realised - Tips;

    /// <summary>Submits of which nothing was told yet.</summary>
    public long Open => Submits - Landed - Refused - Expired - Unknown;

    /// <summary>Landed of all that the sampler was offered and of which it is known what became.</summary>
    public Proportion OfOffered => new(Landed, Landed + Refused + Expired + Declined);

    /// <summary>Landed of the submits of which it is known what became. Skipping raises it.</summary>
    public Proportion OfSubmitted => new(Landed, Landed + Refused + Expired);
}
