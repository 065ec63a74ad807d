using System.Collections.Immutable;
using Mev.Adapters.Solana.Bundles;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Gateway.Wire;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Replay;

namespace Mev.Gateway.Decisions;

/// <summary>Reads one decision from the journal: its record, the blobs that it names, and what followed.</summary>
internal sealed class DecisionReader(IPartitionedLog log, IJournalIndex index)
{
    /// <summary>Records after an intent among which its attempts and outcomes are looked for.</summary>
    public const int FollowRecordsMax = 100_000;

    private const int StretchRecords = 2_048;
    private static readonly long CorrectionWaitNs = (long)OutcomeRecords.CorrectionWait.TotalNanoseconds;

    private readonly DecisionReplay _replay = new(BundleBuilders.For);

    /// <summary>Where the decision's record stands; null when there is none of that name.</summary>
    public async ValueTask<LogPosition?> Find(DecisionName name, CancellationToken cancellationToken) =>
        name.Id is { } id ? await index.FindDecision(id, cancellationToken) : name.Position;

    /// <summary>The record at a position; null when there is none or it is no decision.</summary>
    public async ValueTask<LogRecord?> Read(LogPosition position, CancellationToken cancellationToken)
    {
        var records = await log.Read(position.Partition, position.Offset, 1, cancellationToken);
        var isDecision = records.Count == 1
            && records[0].Entry.Type is RecordType.Intent or RecordType.Skip or RecordType.Block;
        return isDecision ? records[0] : null;
    }

    /// <summary>The record with its blobs, unchecked: whoever replays checks them.</summary>
    public async Task<DecisionRecord> WithBlobs(
        LogPosition position, LogRecord record, CancellationToken cancellationToken) => new()
        {
            Partition = position.Partition.Partition,
            Offset = record.Offset,
            Type = record.Entry.Type,
            RecordedAt = Moments.Iso(record.Entry.RecordedNs),
            LeafHash = record.LeafHash,
            Bytes = record.Entry.Bytes,
            Blobs = await Blobs(AuditRecords.Parse(record)?.Decision?.Core, cancellationToken),
        };

    /// <summary>The decision for people; null when its bytes are no decision, or with amounts that none has.</summary>
    public async Task<DecisionBody?> Describe(
        LogPosition position, LogRecord record, CancellationToken cancellationToken)
    {
        if (AuditRecords.Parse(record) is not { Decision.Core: { } core } body) return null;
        var blobs = (await Blobs(core, cancellationToken)).ToDictionary(blob => blob.Hash, blob => blob.Bytes);
        var draws = _replay.Explain(core, hash => blobs.GetValueOrDefault(hash));
        var followed = record.Entry.Type switch
        {
            RecordType.Intent => await Followed(position, long.MaxValue, cancellationToken),
            RecordType.Skip =>
                await Followed(position, record.Entry.RecordedNs + CorrectionWaitNs, cancellationToken),
            _ => [],
        };
        try
        {
            return DecisionBody.Of(position, record, body, draws, followed);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private async Task<ImmutableArray<DecisionRecord.NamedBlob>> Blobs(
        DecisionCore? core, CancellationToken cancellationToken)
    {
        var blobs = ImmutableArray.CreateBuilder<DecisionRecord.NamedBlob>();
        foreach (var (hash, what) in core is null ? [] : NamedBlobs.Of(core))
            blobs.Add(new DecisionRecord.NamedBlob(hash, what, await Blob(hash, cancellationToken)));
        return blobs.ToImmutable();
    }

    private async ValueTask<ReadOnlyMemory<byte>?> Blob(Digest hash, CancellationToken cancellationToken)
    {
        if (index.FindBlob(hash) is not { } position) return null;
        var records = await log.Read(position.Partition, position.Offset, 1, cancellationToken);
        return records.Count == 1 ? records[0].Entry.Bytes : default(ReadOnlyMemory<byte>?);
    }

    /// <summary>
    /// Attempts and outcomes of an intent, as long as its outcome may be corrected; of a skip who took its chance.
    /// </summary>
    private async Task<List<(LogRecord Record, AuditRecord Body)>> Followed(
        LogPosition decision, long untilNs, CancellationToken cancellationToken)
    {
        var followed = new List<(LogRecord, AuditRecord)>();
        var next = decision.Offset + 1;
        while (next <= decision.Offset + FollowRecordsMax)
        {
            var records = await log.Read(decision.Partition, next, StretchRecords, cancellationToken);
            if (records.Count == 0) break;
            foreach (var record in records)
            {
                if (record.Entry.RecordedNs > untilNs) return followed;
                if (record.Entry.Type
                    is not (RecordType.Attempt or RecordType.Outcome or RecordType.TakenChance))
                {
                    continue;
                }
                if (AuditRecords.Read(record) is not { } body) continue;
                var offset = body.Attempt?.IntentOffset ?? body.Outcome?.IntentOffset ?? body.TakenChance?.SkipOffset;
                if (offset != decision.Offset) continue;
                followed.Add((record, body));
                if (body.Outcome is { } outcome && outcome.Kind != (uint)BundleOutcomeKind.Unknown)
                    untilNs = record.Entry.RecordedNs + CorrectionWaitNs;
            }
            next = records[^1].Offset + 1;
        }
        return followed;
    }
}
