namespace Mev.Journal.Stores.Rows;

/// <summary>Something that happened beside decisions, hand-overs, outcomes and policies, as columns.</summary>
/// <param name="Offset">Place of its record in the partition.</param>
/// <param name="RecordedNs">When the record was made, nanoseconds since 1970.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Strategy">Whose; empty where it is nobody's.</param>
/// <param name="IntentOffset">Place of the intent in the same partition; null where there is none.</param>
/// <param name="What">The kind of change, <c>opened</c> or <c>closed</c>, the rule that refused.</param>
/// <param name="Number">An epoch, a kernel version, the most that it may cost; 0 where there is none.</param>
/// <param name="Detail">The reason, the commit, the signer's sentence.</param>
public sealed record EventRow(
    long Offset, long RecordedNs, EventKind Kind, string Strategy, long? IntentOffset, string What, long Number,
    string Detail);
