using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Decision = Mev.Contracts.V1.Decision;

namespace Mev.Journal.Audit;

/// <summary>
/// Reads the records of the audit topic, whatever their bytes are. One that cannot be read stops nobody: whoever meets
/// it goes on without it and says so.
/// </summary>
public static class AuditRecords
{
    private const int CommandIdLength = 16;

    /// <summary>The record's body as far as it can be decoded, with anything in it; null when it cannot be.</summary>
    public static AuditRecord? Parse(LogRecord record)
    {
        try
        {
            return AuditRecord.Parser.ParseFrom(record.Entry.Bytes.Span);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    /// <summary>
    /// The body of a whole record: its bytes have its leaf hash, what one of its type has is there, ids and hashes have
    /// their length, and slots and arms are some that can be. Null when it is not whole.
    /// </summary>
    public static AuditRecord? Read(LogRecord record) =>
        HasItsHash(record) && Parse(record) is { } body && IsWhole(record.Entry.Type, body) ? body : null;

    /// <summary>Its bytes are those that were written: they have its leaf hash.</summary>
    public static bool HasItsHash(LogRecord record) => LeafHash.Of(record.Entry.Bytes.Span) == record.LeafHash;

    private static bool IsWhole(RecordType type, AuditRecord body) => type switch
    {
        RecordType.Intent => IsIntent(body.Decision),
        RecordType.Skip => IsDecision(body.Decision, DecisionAction.Skip),
        RecordType.Block => IsDecision(body.Decision, DecisionAction.Block),
        RecordType.Attempt => IsDigest(body.Attempt?.OpportunityId),
        RecordType.Outcome => IsOutcome(body.Outcome),
        RecordType.PolicyChange or RecordType.Stop => body.PolicyChange is not null,
        RecordType.Writer => body.Writer is not null,
        RecordType.ModelChange => body.ModelChange is { ModelId.Length: 0 or Digest.Length } model
            && model.PreviousId.Length is 0 or Digest.Length,
        RecordType.TakenChance => IsTaken(body.TakenChance),
        RecordType.Command => IsCommandId(body.Command?.CommandId),
        RecordType.CommandOutcome => IsCommandId(body.CommandOutcome?.CommandId),
        RecordType.LearningChange => body.LearningChange is { Kind: >= 1 and <= (uint)LearningChangeKind.Thaw },
        _ => true,
    };

    private static bool IsIntent(Decision? intent) => IsDecision(intent, DecisionAction.Submit)
        && IsDigest(intent?.Core.MessageHash)
        && intent?.Core is { Choice.Arm: >= 0, Hops.Count: <= CycleIndex.HopsMax }
        && intent.Core.Hops.All(hop => hop.Pool.Length == Pubkey.Length);

    private static bool IsDecision(Decision? decision, DecisionAction action) =>
        decision?.Core is { } core
        && core.Action == (uint)action
        && IsDigest(core.OpportunityId)
        && IsPlace(decision.Cursor);

    private static bool IsOutcome(Outcome? outcome) =>
        outcome is { Kind: <= (uint)BundleOutcomeKind.Expired }
        && IsDigest(outcome.OpportunityId)
        && IsPlace(outcome.Cursor)
        && (outcome.Corrects is null || IsCorrected(outcome.Corrects))
        && outcome.Tokens.All(change => IsAddress(change.Account) && IsAddress(change.Mint));

    private static bool IsCorrected(Corrected outcome) =>
        outcome is { Offset: >= 0, Kind: <= (uint)BundleOutcomeKind.Expired, Pools.Count: <= CycleIndex.HopsMax }
        && outcome.Pools.All(IsAddress)
        && (outcome.Surroundings is null || SurroundingsRecords.Read(outcome.Surroundings) is not null);

    private static bool IsTaken(TakenChance? taken) =>
        taken is { Value: > 0, WinnerTip: > 0, Winner: not null, Pools.Count: <= CycleIndex.HopsMax }
        && IsDigest(taken.OpportunityId)
        && IsSlot(taken.Winner.Slot)
        && taken.Pools.All(IsAddress)
        && (taken.Surroundings is null || SurroundingsRecords.Read(taken.Surroundings) is not null);

    private static bool IsAddress(ByteString bytes) => bytes.Length == Pubkey.Length;

    private static bool IsCommandId(ByteString? bytes) => bytes?.Length == CommandIdLength;

    private static bool IsDigest(ByteString? bytes) => bytes?.Length == Digest.Length;

    private static bool IsPlace(FeedCursor? cursor) => cursor is null || IsSlot(cursor.Slot);

    private static bool IsSlot(ulong slot) => slot <= Slot.Max.Value;
}
