using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Journal.Stores.Queries;

/// <summary>A decision that was found, with the last word on its bundle.</summary>
public sealed record FoundDecision
{
    /// <summary>Its place in the order of the search.</summary>
    public required SearchCursor Place { get; init; }

    /// <summary>Its id; null where its record has none.</summary>
    public required Guid? Id { get; init; }

    /// <summary>Who decided.</summary>
    public required string Strategy { get; init; }

    /// <summary>Submit, Skip or Block.</summary>
    public required string Action { get; init; }

    /// <summary>Why it is no submit; None of one.</summary>
    public required string Reason { get; init; }

    /// <summary>Highest slot among the states used.</summary>
    public required ulong Slot { get; init; }

    /// <summary>Profit after every fixed fee, before the tip.</summary>
    public required Lamports Value { get; init; }

    /// <summary>Tip of a submit, else 0.</summary>
    public required Lamports Tip { get; init; }

    /// <summary>Share of the value that was or would have been bid, basis points; null without a choice.</summary>
    public required int? TipBasisPoints { get; init; }

    /// <summary>Route of a submit.</summary>
    public required string Route { get; init; }

    /// <summary>The chance, lower hex.</summary>
    public required string Opportunity { get; init; }

    /// <summary>Pools of its hops; none of compact records.</summary>
    public required ImmutableArray<string> Pools { get; init; }

    /// <summary>What became of a submit; null while nothing was observed.</summary>
    public required string? Outcome { get; init; }

    /// <summary>Why; null while nothing was observed.</summary>
    public required string? Cause { get; init; }

    /// <summary>Profit after fixed fees and tip of what is in the chain; null while nothing was observed.</summary>
    public required Lamports? Net { get; init; }
}
