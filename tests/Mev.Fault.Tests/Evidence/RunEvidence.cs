using Mev.Contracts.V1;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Opportunities;
using Mev.Fault.Host;
using Mev.Fault.Tests.Runs;
using Mev.Grains;
using Mev.Grains.Strategies;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Strategies;
using Microsoft.Extensions.Options;

namespace Mev.Fault.Tests.Evidence;

/// <summary>Everything that a run left: its journal, its saved states and what the observers wrote.</summary>
internal sealed class RunEvidence
{
    /// <summary>Decisions by strategy, in journal order.</summary>
    public Dictionary<string, List<RecordedDecision>> Decisions { get; } = [];

    /// <summary>Outcomes by strategy, in journal order.</summary>
    public Dictionary<string, List<RecordedOutcome>> Outcomes { get; } = [];

    /// <summary>The fold of the whole journal by strategy.</summary>
    public Dictionary<string, StrategySnapshot> Folds { get; } = [];

    /// <summary>The saved state with the journal's tail folded in, by strategy; none where nothing was saved.</summary>
    public Dictionary<string, StrategySnapshot> Saved { get; } = [];

    /// <summary>What reached the sender.</summary>
    public required IReadOnlyList<Submission> Submissions { get; init; }

    /// <summary>Lines of acknowledged records that the journal does not hold as acknowledged.</summary>
    public required IReadOnlyList<string> Lost { get; init; }

    /// <summary>What is wrong with the journal's own form.</summary>
    public List<string> Malformed { get; } = [];

    /// <summary>Reads a run that has ended.</summary>
    public static async Task<RunEvidence> Read(RunFolder folder, Market market)
    {
        await using var journal = JournalFile.Open(folder.Journal);
        var evidence = new RunEvidence
        {
            Submissions = [.. folder.Lines(ObservedSender.File).Select(Submission.Parse)],
            Lost = await journal.Lost(folder.Lines(ObservedLog.File)),
        };
        var catalog = new StrategyCatalog(Options.Create(new TradingOptions
        {
            StrategyPartitions = market.Partitions,
            Strategies = [.. market.Strategies.Select(id => new StrategyOptions { Id = id })],
        }));
        foreach (var id in market.Strategies) evidence.Add(id);
        for (var partition = 0; partition <= market.Partitions; partition++)
            evidence.Take(partition, await journal.Read(new LogPartition(LogTopics.Audit, partition)));
        var saved = await StateFile.Snapshots(folder.State, market.Strategies);
        foreach (var id in market.Strategies)
        {
            var records = await journal.Read(new LogPartition(LogTopics.Audit, catalog.PartitionOf(id)));
            var parameters = new StrategyParameters { Id = id, Sampler = market.Sampler };
            evidence.Folds[id] = Fold(new StrategyFold(parameters), records);
            if (saved.TryGetValue(id, out var snapshot))
                evidence.Saved[id] = Fold(new StrategyFold(parameters, snapshot), records);
        }
        return evidence;
    }

    private static StrategySnapshot Fold(StrategyFold fold, IReadOnlyList<LogRecord> records)
    {
        foreach (var record in records.Skip((int)fold.NextOffset)) Assert.True(fold.Take(record));
        return fold.Snapshot();
    }

    private void Add(string strategy) => (Decisions[strategy], Outcomes[strategy]) = ([], []);

    private void Take(int partition, IReadOnlyList<LogRecord> records)
    {
        var next = new Dictionary<string, ulong>();
        for (var i = 0; i < records.Count; i++)
        {
            if (records[i].Offset != i)
                Malformed.Add($"partition {partition}: offset {records[i].Offset} at place {i}");
            if (LeafHash.Of(records[i].Entry.Bytes.Span) != records[i].LeafHash)
                Malformed.Add($"partition {partition}: record {i} has another leaf hash");
            var body = AuditRecord.Parser.ParseFrom(records[i].Entry.Bytes.Span);
            var writer = Convert.ToHexString(body.WriterId.Span);
            if (body.WriterSeq != next.GetValueOrDefault(writer))
                Malformed.Add($"partition {partition}: record {i} is {body.WriterSeq} of its writer");
            next[writer] = body.WriterSeq + 1;
            if (body.Decision is { } decision) Decisions[decision.Strategy].Add(Of(decision));
            if (body.Outcome is { } outcome)
                Outcomes[outcome.Strategy].Add(new RecordedOutcome(outcome.Strategy, OutcomeRecords.Read(outcome)));
        }
    }

    private static RecordedDecision Of(Contracts.V1.Decision decision) => new(
        decision.Strategy,
        new OpportunityId(new Digest(decision.Core.OpportunityId.Span)),
        DecisionCores.HashOf(decision.Core),
        (DecisionAction)decision.Core.Action,
        (DecisionReason)decision.Core.Reason,
        new Digest(decision.Core.PosteriorId.Span),
        Convert.ToHexString(decision.Core.Message.Span));
}
