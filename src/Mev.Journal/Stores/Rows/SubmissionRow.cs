using System.Collections.Immutable;

namespace Mev.Journal.Stores.Rows;

/// <summary>A hand-over of an intent's bytes, as columns.</summary>
/// <param name="Offset">Place of its record in the partition.</param>
/// <param name="DecisionId">The decision; null where the record has none.</param>
/// <param name="Opportunity">The chance, lower hex.</param>
/// <param name="IntentOffset">Place of the intent in the same partition.</param>
/// <param name="Endpoint">Whom it was handed to.</param>
/// <param name="SentNs">When, nanoseconds since 1970.</param>
/// <param name="Signatures">Base58; none where nothing is signed.</param>
public sealed record SubmissionRow(
    long Offset, Guid? DecisionId, string Opportunity, long IntentOffset, string Endpoint, long SentNs,
    ImmutableArray<string> Signatures);
