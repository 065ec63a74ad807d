using System.Collections.Immutable;

namespace Mev.Journal.Stores.Rows;

/// <summary>
/// What became of a bundle as one record tells it, as columns. The last word on a bundle is for queries to find.
/// </summary>
public sealed record OutcomeRow
{
    /// <summary>Place of its record in the partition.</summary>
    public required long Offset { get; init; }

    /// <summary>When the record was made, nanoseconds since 1970.</summary>
    public required long RecordedNs { get; init; }

    /// <summary>The decision; null where the record has none.</summary>
    public required Guid? DecisionId { get; init; }

    /// <summary>The chance, lower hex.</summary>
    public required string Opportunity { get; init; }

    /// <summary>Whose decision.</summary>
    public required string Strategy { get; init; }

    /// <summary>Place of the intent in the same partition.</summary>
    public required long IntentOffset { get; init; }

    /// <summary>Landed, Refused, Expired or Unknown.</summary>
    public required string Kind { get; init; }

    /// <summary>Why.</summary>
    public required string Cause { get; init; }

    /// <summary>Slot that it landed in, or was decided in.</summary>
    public required ulong Slot { get; init; }

    /// <summary>Profit after every fixed fee and before the tip; a fee, negative, of one that failed.</summary>
    public required long RealisedLamports { get; init; }

    /// <summary>Tip paid.</summary>
    public required long TipLamports { get; init; }

    /// <summary>The bid that won, where it was seen.</summary>
    public required long? WinnerTipLamports { get; init; }

    /// <summary>Signature of who took the chance; empty where nobody was seen.</summary>
    public required string Winner { get; init; }

    /// <summary>When it was observed, milliseconds since 1970 by the chain's or the host's clock.</summary>
    public required long ObservedMs { get; init; }

    /// <summary>Place of the outcome that it corrects; null in the first one.</summary>
    public required long? CorrectsOffset { get; init; }

    /// <summary>Mints of token accounts that a landing changed.</summary>
    public required ImmutableArray<string> TokenMints { get; init; }

    /// <summary>By how much.</summary>
    public required ImmutableArray<long> TokenUnits { get; init; }
}
