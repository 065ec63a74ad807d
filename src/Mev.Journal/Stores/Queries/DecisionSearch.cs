using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;

namespace Mev.Journal.Stores.Queries;

/// <summary>Which decisions are asked for. What is not set is not asked about.</summary>
public sealed record DecisionSearch
{
    /// <summary>Decisions of one page at most.</summary>
    public const int LimitMax = 500;

    /// <summary>Decisions at most, 1 to <see cref="LimitMax"/>. Default 50.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>Where the page before ended; null for the newest.</summary>
    public SearchCursor? After { get; init; }

    /// <summary>Of this strategy.</summary>
    public string? Strategy { get; init; }

    /// <summary>Of this action.</summary>
    public DecisionAction? Action { get; init; }

    /// <summary>Of this reason.</summary>
    public DecisionReason? Reason { get; init; }

    /// <summary>Submits with this last word.</summary>
    public BundleOutcomeKind? Outcome { get; init; }

    /// <summary>Of cycles through this pool, as far as some record of the cycle names its hops.</summary>
    public Pubkey? Pool { get; init; }

    /// <summary>Of cycles through a pool of this mint, with the same limit.</summary>
    public Pubkey? Mint { get; init; }

    /// <summary>Decided at this time or later, nanoseconds since 1970.</summary>
    public long? FromNs { get; init; }

    /// <summary>Decided before this time, nanoseconds since 1970.</summary>
    public long? ToNs { get; init; }

    /// <summary>With this id.</summary>
    public Guid? DecisionId { get; init; }

    /// <summary>Upon this chance.</summary>
    public Digest? Opportunity { get; init; }
}
