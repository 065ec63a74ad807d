using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Strategies;
using Surroundings = Mev.Contracts.V1.Surroundings;

namespace Mev.Adapters.Tests.Journal;

/// <summary>Who took a chance that was let pass: what a strategy learns from it.</summary>
public sealed class TakenChanceTests
{
    private const string Id = "arb-1";
    private static readonly StrategyParameters Parameters = new() { Id = Id, Sampler = SamplerKind.FactoredFloor };

    private readonly List<LogRecord> _records = [];

    [Fact]
    public void Who_took_what_was_let_pass_teaches_the_winning_bid_and_no_loss()
    {
        Append(Taken());
        var expected = new FactoredSampler(FactoredTerms.Floor);
        expected.Apply(new LearningEvent
        {
            Kind = LearningEventKind.Skipped,
            Arm = -1,
            Context = new ChoiceContext
            {
                Value = new Lamports(1_000_000),
                TipFloor = default,
                TipCap = default,
                FastRouteCost = default,
                Features = FeatureVector.Of(new Lamports(1_000_000), 0.7, true, 0.4, 0.6),
                SurvivalBin = 3,
            },
            AtMs = 5_001,
            WinnerFraction = 0.6,
        });
        var fold = Fold();
        Assert.Equal(expected.Id, fold.Sampler.Id);
        Assert.NotEqual(Samplers.Prior(Parameters.Sampler).Id, fold.Sampler.Id);
        Assert.Equal((1L, 0, 0.503), (
            fold.Belief.Learnt, fold.Belief.Evidence.LossesCount, Math.Round(fold.Belief.Fractions.Market, 12)));
        Assert.Equal(0.508, Assert.Single(fold.Belief.Fractions.Pools).Value, 1e-15);
        Assert.Equal(0, Fold(Parameters with { Id = "arb-2" }).Belief.Learnt);
    }

    [Fact]
    public void What_was_let_pass_in_another_epoch_or_while_frozen_teaches_nothing()
    {
        Append(Taken(epoch: 7));
        Append(LearningRecords.Hold(LearningChangeKind.Freeze, Id, 1, "odd outcomes"));
        Append(Taken());
        Assert.Equal(Samplers.Prior(Parameters.Sampler).Id, Fold().Sampler.Id);
        Assert.Equal((0L, 1L, 0.5), (Fold().Belief.Learnt, Fold().Belief.Held, Fold().Belief.Fractions.Market));
        Assert.Equal(0, Fold(Parameters with { Sampler = SamplerKind.BetaThompson }).Belief.Held);
    }

    [Fact]
    public void A_damaged_record_of_a_taken_chance_is_passed_over()
    {
        Action<TakenChance>[] damages =
        [
            taken => taken.Value = 0, taken => taken.WinnerTip = 0, taken => taken.Winner = null,
            taken => taken.OpportunityId = ByteString.Empty, taken => taken.SkipOffset = 1,
            taken => taken.Pools.Add(ByteString.CopyFrom([1])), taken => taken.Surroundings.SlotPosition = 2,
        ];
        foreach (var damage in damages)
        {
            var body = AuditRecord.Parser.ParseFrom(Taken().Body.Span);
            damage(body.TakenChance);
            var fold = new StrategyFold(Parameters);
            Assert.True(fold.Take(LogRecords.Of(0, new LogEntry(RecordType.Writer, 1, default, default))));
            Assert.False(fold.Take(
                LogRecords.Of(1, new LogEntry(RecordType.TakenChance, 1, default, body.ToByteArray()))));
            Assert.Equal(0, fold.Belief.Learnt);
        }
    }

    private static AuditEntry Taken(ulong epoch = 1) => TakenRecords.Of(
        new OpenIntent
        {
            Opportunity = new(Digest.Of([1])),
            Offset = -1,
            Arm = -1,
            Value = new Lamports(1_000_000),
            Surroundings = SurroundingsRecords.Read(Around()),
            Pools = [new(new Pubkey(new byte[32]))],
        },
        Id,
        RandomKey.Of(Id, epoch),
        new AttributedWinner
        {
            Signature = "theirs",
            Slot = new Slot(301),
            Tip = new Lamports(900_000),
            Units = 150_000,
            Bid = new Lamports(600_000),
            IsAhead = true,
        },
        observedMs: 5_001);

    private StrategyFold Fold(StrategyParameters? parameters = null)
    {
        var fold = new StrategyFold(parameters ?? Parameters);
        foreach (var record in _records) Assert.True(fold.Take(record));
        return fold;
    }

    private void Append(AuditEntry entry) => _records.Add(LogRecords.Of(
        _records.Count, new LogEntry(entry.Type, 1, entry.Key, entry.Body)));

    private static Surroundings Around() => new()
    {
        Congestion = 0.7,
        IsYoung = true,
        SlotPosition = 0.9,
        PoolFraction = 0.4,
        MarketFraction = 0.6,
    };
}
