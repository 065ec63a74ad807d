using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Sqlite;
using Mev.Journal.Wallets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Mev.Integration.Tests.Simulated;

/// <summary>What the journal of a run that has ended says of a wallet, and what is wrong with it.</summary>
internal sealed class WalletBooks
{
    private readonly Dictionary<OpportunityId, List<string>> _sent = [];
    private readonly Dictionary<OpportunityId, List<BundleOutcome>> _outcomes = [];
    private readonly Dictionary<OpportunityId, int> _intents = [];

    /// <summary>Of each bundle the last word.</summary>
    private IEnumerable<BundleOutcome> Known => _outcomes.Keys.Select(id => Ends(id).LastOrDefault())
        .OfType<BundleOutcome>();

    public IReadOnlyList<BundleOutcome> Landed =>
        [.. Known.Where(outcome => outcome.Kind == BundleOutcomeKind.Landed)];

    public IReadOnlyList<BundleOutcome> Failed =>
        [.. Known.Where(outcome => outcome.Cause == OutcomeCause.FailedOnChain)];

    public int Intents => _intents.Count;

    /// <summary>How many came to which end, for people.</summary>
    public string Causes => string.Join(", ", _outcomes.Values.SelectMany(outcomes => outcomes)
        .CountBy(outcome => (outcome.Kind, outcome.Cause)).OrderByDescending(count => count.Value)
        .Select(count => $"{count.Value} {count.Key.Kind} {count.Key.Cause}"));

    /// <summary>Lamports and wrapped SOL that landings gained, after fees and before tips.</summary>
    public long Realised => Landed.Sum(outcome => outcome.Realised.Value);

    public long Tips => Landed.Sum(outcome => outcome.TipPaid.Value);

    /// <summary>Fees of what failed on the chain, positive.</summary>
    public long FailedFees => -Failed.Sum(outcome => outcome.Realised.Value);

    /// <summary>What the wallet has more than before, wrapped SOL included.</summary>
    public long Net => Realised - Tips - FailedFees;

    /// <summary>What other token accounts have more than before.</summary>
    public IReadOnlyDictionary<Pubkey, long> Tokens => Landed.SelectMany(outcome => outcome.Tokens.Items)
        .GroupBy(change => change.Account)
        .ToDictionary(changes => changes.Key, changes => changes.Sum(change => change.Units));

    /// <summary>Reads the books of a wallet.</summary>
    public static async Task<WalletBooks> Read(string path, Pubkey wallet)
    {
        var books = new WalletBooks();
        using var meters = new PlainMeters();
        await using var log = new SqliteLog(
            Options.Create(new SqliteLogOptions { Path = path }), TimeProvider.System, meters,
            NullLogger<SqliteLog>.Instance);
        await foreach (var record in log.ReadAll(new LogPartition(LogTopics.Audit, 1), fromOffset: 0))
        {
            var body = AuditRecord.Parser.ParseFrom(record.Entry.Bytes.Span);
            if (record.Entry.Type == RecordType.Intent && WalletRecords.WalletOf(body.Decision) == wallet)
                books.TakeIntent(new OpportunityId(new Digest(body.Decision.Core.OpportunityId.Span)));
            else if (body.Attempt is { } attempt) books.Take(attempt);
            else if (body.Outcome is { } outcome) books.Take(OutcomeRecords.Read(outcome));
        }
        return books;
    }

    /// <summary>
    /// What was signed twice with other bytes, intended twice, lost, or came to one end twice; empty when nothing was.
    /// </summary>
    public IEnumerable<string> Findings()
    {
        foreach (var (id, count) in _intents)
        {
            if (count > 1) yield return $"{id} was intended {count} times";
            // Unknown is one too: where nothing was observed nothing is guessed, and the balances have to agree.
            if (!_outcomes.ContainsKey(id)) yield return $"{id} came to no end";
            // Landed, gone with its fork and landed again is three ends, a winner named later another one; the same
            // one after itself is none.
            var told = _outcomes.GetValueOrDefault(id, [])
                .Select(outcome => (outcome.Kind, outcome.Cause, outcome.Slot, outcome.Winner)).ToList();
            if (told.Zip(told.Skip(1)).Any(pair => pair.First == pair.Second))
                yield return $"{id} came to one end twice: {string.Join(", ", told)}";
        }
        foreach (var (id, signatures) in _sent)
        {
            if (!_intents.ContainsKey(id)) yield return $"{id} was sent without an intent";
            if (signatures.Distinct().Count() > 1) yield return $"{id} was signed with different bytes";
        }
        foreach (var outcome in Landed)
        {
            var id = outcome.Opportunity;
            if (!_sent.ContainsKey(id)) yield return $"{id} landed and was never sent";
            if (outcome.Realised <= outcome.TipPaid) yield return $"{id} landed at a loss";
        }
    }

    private IEnumerable<BundleOutcome> Ends(OpportunityId id) => _outcomes.GetValueOrDefault(id, [])
        .Where(outcome => outcome.Kind != BundleOutcomeKind.Unknown);

    private void TakeIntent(OpportunityId id) => _intents[id] = _intents.GetValueOrDefault(id) + 1;

    private void Take(Attempt attempt) => Entry(_sent, new OpportunityId(new Digest(attempt.OpportunityId.Span)))
        .Add(string.Join(',', attempt.Signatures.Select(signature => signature.ToBase64())));

    private void Take(BundleOutcome outcome) => Entry(_outcomes, outcome.Opportunity).Add(outcome);

    private static List<T> Entry<T>(Dictionary<OpportunityId, List<T>> lists, OpportunityId id) =>
        lists.TryGetValue(id, out var list) ? list : lists[id] = [];
}
