using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Journal.Sinker;
using Mev.Journal.Stores.Queries;
using Mev.Journal.Strategies;
using Decision = Mev.Contracts.V1.Decision;

namespace Mev.Adapters.Tests.Stores;

/// <content>Answers against the journal.</content>
public abstract partial class DecisionStoreContract
{
    private const long HourNs = 3_600_000_000_000;
    private static readonly long EndNs = MadeJournal.BeginNs + RecordsPerPartition * MadeJournal.StepNs;

    [Theory]
    [InlineData(null, 0, 1)]
    [InlineData("arb-1", 0, 1)]
    [InlineData("arb-2", 1_234_567_890_123, 3)]
    [InlineData("nobody", 0, 1)]
    public async Task Results_are_those_of_the_journal_by_the_last_word(string? strategy, long lateNs, int hours)
    {
        var range = new StoreRange(MadeJournal.BeginNs + lateNs, EndNs - lateNs, hours * HourNs, strategy);
        var expected =
            from it in _journal.Decisions
            where IsIn(range, it.Decision)
            group it by it.Decision.DecidedNs / range.IntervalNs * range.IntervalNs into interval
            orderby interval.Key
            select Result(interval.Key, [.. interval]);
        Assert.Equal(expected, await _store.Results(range));
    }

    [Fact]
    public async Task Totals_are_those_of_the_strategies_own_folds()
    {
        foreach (var strategy in new[] { "arb-1", "arb-2" })
        {
            var tallies = new List<StrategyTally>();
            foreach (var records in _journal.Records)
            {
                var fold = new StrategyFold(new StrategyParameters { Id = strategy });
                foreach (var record in records) fold.Take(record);
                tallies.Add(fold.Tally);
            }
            var result = Assert.Single(await _store.Results(new StoreRange(0, EndNs, EndNs, strategy)));
            Assert.Equal(tallies.Sum(it => it.Submits), result.Submits);
            Assert.Equal(tallies.Sum(it => it.Decisions), result.Decisions);
            Assert.Equal(tallies.Sum(it => it.Landed), result.Landed);
            Assert.Equal(tallies.Sum(it => it.Refused), result.Refused);
            Assert.Equal(tallies.Sum(it => it.Expired), result.Expired);
            Assert.Equal(tallies.Sum(it => it.Realised.Value), result.Realised.Value);
            Assert.Equal(tallies.Sum(it => it.TipsPaid.Value), result.Tips.Value);
            Assert.True(tallies.Sum(it => it.Corrections) > 20 && tallies.Sum(it => it.Duplicates) > 20);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("arb-2")]
    public async Task Latencies_are_the_nearest_ranks_of_the_journal(string? strategy)
    {
        var range = new StoreRange(MadeJournal.BeginNs, EndNs, HourNs, strategy);
        var chosen = _journal.Decisions.Where(it => IsIn(range, it.Decision)).ToList();
        var sent = _journal.Attempts.Join(
            chosen, it => (it.Partition, it.Attempt.IntentOffset), it => (it.Partition, it.Offset),
            (attempt, decided) => (decided.Decision, attempt.Attempt.SentNs));
        IEnumerable<(Decision Decision, LatencyStage Stage, long First, long Last)> all =
        [
            .. chosen.SelectMany(it => new[]
            {
                (it.Decision, LatencyStage.Evaluation, it.Decision.ReceivedNs, it.Decision.EvaluatedNs),
                (it.Decision, LatencyStage.Decision, it.Decision.EvaluatedNs, it.Decision.DecidedNs),
                (it.Decision, LatencyStage.Total, it.Decision.ReceivedNs, it.Decision.DecidedNs),
            }),
            .. sent.Select(it => (it.Decision, LatencyStage.Submission, it.Decision.DecidedNs, it.SentNs)),
        ];
        var expected =
            from it in all
            where it.First > 0 && it.Last >= it.First
            group it.Last - it.First by (it.Decision.DecidedNs / HourNs * HourNs, it.Stage) into durations
            orderby durations.Key
            select Latency(durations.Key, [.. durations.Order()]);
        Assert.Equal(expected, await _store.Latencies(range));
    }

    [Fact]
    public async Task Pages_of_a_search_give_every_decision_once_the_newest_first()
    {
        var found = new List<FoundDecision>();
        for (SearchCursor? after = null; ; after = found[^1].Place)
        {
            var page = await _store.Search(new DecisionSearch { Limit = 97, After = after });
            found.AddRange(page);
            if (page.Length < 97) break;
        }
        var expected = _journal.Decisions
            .Select(it => new SearchCursor(it.Decision.DecidedNs, it.Partition, it.Offset))
            .OrderByDescending(place => (place.DecidedNs, place.Partition, place.Offset));
        Assert.Equal(expected, found.Select(it => it.Place));
    }

    [Fact]
    public async Task A_search_finds_by_each_property_what_the_journal_has()
    {
        var some = _journal.Decisions.First(it => it.Decision.Core.Hops.Count > 0);
        var (core, middle) = (some.Decision.Core, MadeJournal.BeginNs + RecordsPerPartition / 2 * MadeJournal.StepNs);
        var ofCycle = _journal.Decisions.Where(it => it.Decision.Core.CycleHash == core.CycleHash).ToList();
        await Finds(it => it.Decision.Strategy == "arb-2", new() { Strategy = "arb-2" });
        await Finds(it => it.Decision.Core.Action == 3, new() { Action = DecisionAction.Block });
        await Finds(it => it.Decision.Core.Reason == 2, new() { Reason = DecisionReason.NoArmAboveZero });
        await Finds(it => it.Decision.DecidedNs >= middle, new() { FromNs = middle });
        await Finds(it => it.Decision.DecidedNs < middle, new() { ToNs = middle });
        await Finds(ofCycle.Contains, new() { Pool = new Pubkey(core.Hops[1].Pool.Span) });
        await Finds(_ => false, new() { Pool = new Pubkey(new byte[32]) });
        await Finds(_ => false, new() { Mint = Mints.Wsol }); // no account bytes, so no pool's mints are known
        await Finds(
            it => it.Decision.DecisionId == some.Decision.DecisionId,
            new() { DecisionId = DecisionId.From(some.Decision.DecisionId.Span).Value });
        await Finds(
            it => it.Decision.Core.OpportunityId == core.OpportunityId,
            new() { Opportunity = new Digest(core.OpportunityId.Span) });
        foreach (var kind in Enum.GetValues<BundleOutcomeKind>())
            await Finds(it => _journal.WordOn(it)?.Kind == (uint)kind, new() { Outcome = kind });
        await Finds(
            it => it.Decision.Strategy == "arb-1" && _journal.WordOn(it)?.Kind == 1 && it.Decision.DecidedNs < middle,
            new() { Strategy = "arb-1", Outcome = BundleOutcomeKind.Landed, ToNs = middle });
    }

    [Fact]
    public async Task A_found_decision_has_the_last_word_and_what_it_earned()
    {
        var found = await _store.Search(new DecisionSearch { Action = DecisionAction.Submit, Limit = 500 });
        var submits = _journal.Decisions.ToDictionary(it => (it.Partition, it.Offset));
        Assert.NotEmpty(found);
        Assert.All(found, it =>
        {
            var submit = submits[(it.Place.Partition, it.Place.Offset)];
            var word = _journal.WordOn(submit);
            Assert.Equal(word is null ? null : $"{(BundleOutcomeKind)word.Kind}", it.Outcome);
            Assert.Equal(word is null ? null : $"{(OutcomeCause)word.Cause}", it.Cause);
            Assert.Equal(word is null ? null : new Lamports(Realised(word) - Paid(word)), it.Net);
            Assert.Equal(submit.Decision.Core.Value, it.Value.Value);
            Assert.Equal(submit.Decision.Core.Hops.Select(hop => $"{new Pubkey(hop.Pool.Span)}"), it.Pools);
        });
    }

    private async Task Finds(Func<(int Partition, long Offset, Decision Decision), bool> isSo, DecisionSearch search)
    {
        var found = await _store.Search(search with { Limit = 500 });
        var expected = _journal.Decisions.Where(isSo)
            .Select(it => new SearchCursor(it.Decision.DecidedNs, it.Partition, it.Offset))
            .OrderByDescending(place => (place.DecidedNs, place.Partition, place.Offset)).Take(500);
        Assert.Equal(expected, found.Select(it => it.Place));
    }

    private ResultPoint Result(long atNs, List<(int Partition, long Offset, Decision Decision)> decisions)
    {
        var words = decisions.Select(_journal.WordOn).OfType<Contracts.V1.Outcome>().ToList();
        return new ResultPoint
        {
            AtNs = atNs,
            Decisions = decisions.Count,
            Submits = decisions.Count(it => JournalReading.IsSubmit(it.Decision)),
            Declined = decisions.Count(it => it.Decision.Core is { Action: 2, Reason: 2 }),
            Landed = words.Count(word => word.Kind == (uint)BundleOutcomeKind.Landed),
            Refused = words.Count(word => word.Kind == (uint)BundleOutcomeKind.Refused),
            Expired = words.Count(word => word.Kind == (uint)BundleOutcomeKind.Expired),
            Unknown = words.Count(word => word.Kind == (uint)BundleOutcomeKind.Unknown),
            Realised = new Lamports(words.Sum(Realised)),
            Tips = new Lamports(words.Sum(Paid)),
        };
    }

    private static long Realised(Contracts.V1.Outcome word) =>
        word.Kind == (uint)BundleOutcomeKind.Landed || word.Cause == (uint)OutcomeCause.FailedOnChain
            ? word.Realised : 0;

    private static long Paid(Contracts.V1.Outcome word) =>
        word.Kind == (uint)BundleOutcomeKind.Landed ? word.TipPaid : 0;

    private static LatencyPoint Latency((long AtNs, LatencyStage Stage) key, long[] ns) => new(
        key.AtNs, key.Stage, ns.Length, Rank(ns, 0.5), Rank(ns, 0.9), Rank(ns, 0.99), Rank(ns, 0.999), ns[^1]);

    private static long Rank(long[] ascending, double share) =>
        ascending[Math.Max(0, (int)Math.Ceiling(share * ascending.Length) - 1)];

    private static bool IsIn(StoreRange range, Decision decision) => decision.DecidedNs >= range.FromNs
        && decision.DecidedNs < range.ToNs && (range.Strategy ?? decision.Strategy) == decision.Strategy;
}
