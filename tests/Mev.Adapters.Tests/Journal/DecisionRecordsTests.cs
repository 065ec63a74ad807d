using System.Collections.Immutable;
using CsCheck;
using Google.Protobuf;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Domain.Limits;
using Mev.Domain.Limits.Caps;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Strategies;
using Decision = Mev.Domain.Decisions.Decision;

namespace Mev.Adapters.Tests.Journal;

/// <summary>Decision records against the generated classes.</summary>
public sealed class DecisionRecordsTests
{
    private static readonly Gen<long> Number =
        Gen.OneOf(Gen.Long, Gen.Long[-200, 200], Gen.Const(0L), Gen.Const(long.MinValue));

    private static readonly Gen<SamplerKind> Kind = Gen.Int[1, 3].Select(kind => (SamplerKind)kind);

    private static readonly Gen<Digest> Hash = Gen.Byte.Array[32].Select(bytes => new Digest(bytes));

    private static readonly Gen<Opportunity> Chance =
        from id in Hash
        from cycle in Hash
        from hops in Gen.Select(Hash, Gen.ULong, Gen.ULong[0, 200]).Array[1, 4]
        from uses in Gen.Select(Hash, Hash, Gen.ULong, Gen.ULong[0, 3], Hash).Array[0, 12]
        from numbers in Number.Array[6]
        select new Opportunity
        {
            Id = new OpportunityId(id),
            Cycle = cycle,
            Hops = [.. hops.Select((hop, i) => new Domain.Cycles.HopAmounts(
                new Domain.Cycles.Hop(new PoolId(Key(hop.Item1)), (SwapDirection)(i % 2)),
                new TokenAmount(hop.Item2),
                new TokenAmount(hop.Item3)))],
            BaseMint = Mints.Wsol,
            GrossProfit = new Lamports(Math.Abs(numbers[0] % 10_000_000)),
            ProfitBound = new Lamports(numbers[1]),
            Certificate = Domain.Cycles.SizingCertificate.Bound,
            Clock = new ChainClock(new Slot((ulong)Math.Abs(numbers[2] / 2)), numbers[3]),
            Accounts = uses.Select(use => new Domain.Opportunities.AccountUse(
                Key(use.Item1), Key(use.Item2), new Slot(use.Item3), use.Item4, use.Item5, default)).ToArray(),
            Shard = (int)Math.Abs(numbers[4] % 300),
            ReceivedNs = numbers[5],
            EvaluatedNs = numbers[0],
            Slot = new Slot(uses.Length == 0 ? 0 : uses.Max(use => use.Item3) / 2),
        };

    [Fact]
    public void Bytes_are_those_of_the_generated_classes() =>
        Gen.Select(Chance.Array[1, 20], Number, Gen.Int[0, 3], Gen.Bool, Kind).Sample(
            (chances, decidedNs, open, isTaken, kind) =>
            {
                var records = new DecisionRecords();
                var (batch, decisions) = Decide(chances, open, isTaken, kind);
                var id = new DecisionId(Guid.CreateVersion7(DateTimeOffset.UnixEpoch));
                foreach (var decision in decisions) records.Add(decision, id, batch, decidedNs);
                foreach (var (i, decision) in decisions.Index())
                {
                    var expected = Generated.Record(decision, id, batch, decidedNs);
                    Assert.Equal(expected.ToByteArray(), records.Entries[i].Body.ToArray());
                    Assert.Equal(expected.Decision.Core.ToByteArray(), DecisionCores.Encode(decision));
                    Assert.Equal((decision.Opportunity.Id.Value, (Guid?)id.Value),
                        (records.Entries[i].Key, records.Entries[i].DecisionId));
                }
            },
            iter: 300);

    [Fact]
    public void A_strategys_own_decisions_fold_as_their_records_do() =>
        Gen.Select(Chance.Array[1, 20], Gen.Int[0, 3], Kind).Sample(
            (chances, open, kind) =>
            {
                var records = new DecisionRecords();
                var (batch, decisions) = Decide(chances, open, isTaken: false, kind);
                foreach (var decision in decisions)
                    records.Add(decision, new DecisionId(Guid.CreateVersion7(DateTimeOffset.UnixEpoch)), batch, 1);
                var own = new StrategyFold(new StrategyParameters { Id = "arb-1", Sampler = kind });
                var read = new StrategyFold(new StrategyParameters { Id = "arb-1", Sampler = kind });
                own.TakeOwn(0, batch.Cursor, decisions);
                foreach (var (i, entry) in records.Entries.Index())
                {
                    var record = new LogEntry(entry.Type, 1, entry.Key, entry.Body);
                    Assert.True(read.Take(LogRecords.Of(i, record)));
                }
                Assert.Equal(read.Tally, own.Tally);
                Assert.Equal((read.NextOffset, read.Cursor), (own.NextOffset, own.Cursor));
                Assert.Equal(read.Snapshot().Open, own.Snapshot().Open);
                Assert.Equal((read.Use.Day, read.Use.Newest), (own.Use.Day, own.Use.Newest));
                Assert.Equal(
                    read.Use.Subjects.OrderBy(each => each.Key.Address),
                    own.Use.Subjects.OrderBy(each => each.Key.Address));
                Assert.Equal(read.Reasons.ToArray(), own.Reasons.ToArray());
            },
            iter: 300);

    private static Surroundings Around(Opportunity chance) => Surroundings.Unknown with
    {
        Congestion = Math.Abs(chance.ProfitBound.Value % 4) - 1.0 / 3.0,
        IsYoung = chance.Shard % 2 == 1,
        SlotPosition = chance.Shard % 11 / 10.0,
        MarketFraction = chance.Shard % 13 / 12.0,
    };

    private static Pubkey Key(Digest digest) => new(digest.ToArray());

    private static (OpportunityBatch Batch, Decision[] Decisions) Decide(
        Opportunity[] chances, int open, bool isTaken, SamplerKind kind)
    {
        var parameters = new StrategyParameters { Id = "arb-1", Sampler = kind };
        var policy = new Policy
        {
            OpenSubmissionsMax = 2,
            AmountInMax = new TokenAmount(ulong.MaxValue / 2),
            Caps = CapsOf(chances, parameters),
        };
        var inputs = new DecisionInputs(parameters, policy, Samplers.Prior(kind));
        var builder = new PaperOrderBuilder(parameters);
        var batch = new OpportunityBatch
        {
            Cursor = new Domain.Feed.FeedCursor(7, new Slot(300_000_000), 12),
            Opportunities = [.. chances],
            Counts = new Domain.Opportunities.DrainCounts(1_000, 300, 200, chances.Length, 0),
            Best = [new SizedCandidate(chances[0].Cycle, chances[0].GrossProfit, CandidateVerdict.Opportunity)],
        };
        return (batch, [.. chances.Select(chance => DecisionKernel.Decide(
            chance, inputs, builder, open, isTaken, Around(chance)))]);
    }

    /// <summary>Of the strategy and of every second chance's pools, at numbers that some reach.</summary>
    private static ImmutableArray<Cap> CapsOf(Opportunity[] chances, StrategyParameters parameters) =>
    [
        .. chances.Where((_, i) => i % 2 == 1).SelectMany(chance => chance.Hops).Select(hop => hop.Hop.Pool).Distinct()
            .SelectMany(pool => new[] { LimitRule.AmountIn, LimitRule.OpenSubmissions, LimitRule.DayAmountIn }.Select(
                rule => new Cap(
                    CapScope.Pool, $"{pool}", rule, rule == LimitRule.DayAmountIn ? ulong.MaxValue / 3 : 5)))
            .Append(new Cap(CapScope.Strategy, parameters.Id, LimitRule.DayAmountIn, ulong.MaxValue / 2))
            .Order(),
    ];
}
