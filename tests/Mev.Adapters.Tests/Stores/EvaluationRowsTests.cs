using DuckDB.NET.Data;
using Google.Protobuf;
using Mev.Adapters.DuckDb.Queries;
using Mev.Adapters.Tests.Journal;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Evaluation;
using Mev.Domain.Learning;
using Mev.Domain.Opportunities;
using Mev.Journal;
using Mev.Journal.Sinker;
using Mev.Journal.Stores;
using Mev.Journal.Stores.Queries;
using Decision = Mev.Contracts.V1.Decision;

namespace Mev.Adapters.Tests.Stores;

/// <summary>Decisions as evaluation reads them from a store: what they knew, and what is left out.</summary>
public sealed class EvaluationRowsTests : IDisposable
{
    private const long NsPerSecond = 1_000_000_000;
    private const ulong Key = 77;

    private static readonly FactoredSampler Sampler = new(FactoredTerms.Profit);
    private static readonly StrategyParameters Strategy = new() { Id = "arb-1", Sampler = SamplerKind.Factored };

    private readonly TemporaryFolder _folder = new();
    private readonly PlainMeterFactory _meters = new();

    public void Dispose()
    {
        _meters.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_decision_is_drawn_again_from_what_the_store_holds_of_it()
    {
        var sample = await Filled();
        var decision = sample.Decisions[0];
        Assert.Equal((94, 0.01), (decision.Candidates, decision.Exploration));
        var belief = sample.Beliefs[decision.Posterior];
        Assert.True(Samplers.TryRead(belief.Kind, belief.Bytes.Span, out var sampler, out _));
        var evaluated = new DecisionEvaluator(TargetPolicy.TryParse("recorded")!, redraws: 3).Of(decision, sampler);
        Assert.Equal((Support.Given, 1.0), (evaluated!.Value.Support, evaluated.Value.Profit.Weight));
        Assert.True(decision.HasLanded);
        Assert.Equal(decision.Context.Value.Value - 1_234 - 5_000, decision.Net.Value);
    }

    [Fact]
    public async Task Old_records_have_no_support_and_what_has_no_known_end_is_left_out_and_counted()
    {
        var sample = await Filled();
        Assert.Equal([94, null], sample.Decisions.Select(decision => decision.Candidates));
        Assert.Equal((1L, 1L, 1L), (sample.Taken, sample.Blocked, sample.WithoutOutcome));
        Assert.Equal((0L, 0L), (sample.Unreadable, sample.Older));
        var old = sample.Decisions[1];
        var evaluated = new DecisionEvaluator(TargetPolicy.TryParse("recorded")!, 3).Of(old, Sampler);
        Assert.Equal(Support.NotRecorded, evaluated!.Value.Support);
        Assert.Equal(1, EvaluationRows.Read(_folder.File("store"), null, 0, long.MaxValue, most: 1).Older);
        Assert.Empty(EvaluationRows.Read(_folder.File("store"), "arb-2", 0, long.MaxValue, 10).Decisions);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // as stores were filled before: NULL for 0
    public async Task Where_no_arm_was_allowed_none_is_drawn_again(bool isFilledBefore)
    {
        await Filled(NoArm(6));
        if (isFilledBefore)
            Change("UPDATE decisions SET candidates = NULL, exploration = NULL, tip_cap_lamports = NULL WHERE seq = 7");
        var skip = EvaluationRows.Read(_folder.File("store"), "arb-1", 0, long.MaxValue, most: 10).Decisions[^1];
        Assert.Equal((0, -1, -1), (skip.Candidates, skip.Arm, skip.Sampled));
        Assert.Equal(isFilledBefore ? 0 : 900, skip.Context.TipCap.Value);
        var evaluated = new DecisionEvaluator(TargetPolicy.TryParse("sampler")!, redraws: 3).Of(skip, Sampler);
        Assert.Equal(Support.NotExplored, evaluated!.Value.Support);
    }

    private void Change(string sql)
    {
        using var connection = new DuckDBConnection($"Data Source={_folder.File("store")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    private async Task<EvaluationSample> Filled(params LogEntry[] more)
    {
        await using (var log = Parts.Log(_folder.File("journal.db"), _meters))
        {
            await log.Append(
                new LogPartition(LogTopics.Audit, 1),
                [
                    Intent(0), Outcome(0), Intent(1), Intent(2, core => core.Taken = true),
                    Intent(3, core => core.Action = (uint)DecisionAction.Block),
                    Intent(4, core =>
                    {
                        core.KernelVersion = 1;
                        (core.Choice.Candidates, core.Choice.Exploration, core.Choice.TipCap) = (0, 0.0, 0);
                    }),
                    Outcome(4, intent: 5), .. more,
                ],
                new LogAppend(
                    new LogPartition(LogTopics.Blobs, 0),
                    [Blob(Sampler.CanonicalBytes()), Blob(Strategy.Encode())]));
            using var store = Parts.Store(_folder.File("store"));
            using var sink = Parts.Sink(log, store, new SinkProgress(_meters), new DecisionSinkOptions
            {
                DrainTimeout = TimeSpan.FromMinutes(1),
            });
            await sink.StartAsync(CancellationToken.None);
            await sink.StopAsync(CancellationToken.None);
        }
        return EvaluationRows.Read(_folder.File("store"), "arb-1", 0, long.MaxValue, most: 10);
    }

    private static LogEntry Intent(int number, Action<DecisionCore>? change = null)
    {
        var id = new OpportunityId(new MadeChance($"{number}").Digest);
        var value = new Lamports(4_000_000);
        var context = new ChoiceContext
        {
            Value = value,
            TipFloor = Arm.TipMin,
            TipCap = value,
            FastRouteCost = new Lamports(900),
            Features = FeatureVector.Of(value, 0.3, isYoung: false, 0.5, 0.5),
            SurvivalBin = 2,
        };
        var choice = Sampler.Choose(context, DrawStream.For(new RandomKey(Key), id));
        Assert.False(choice.IsSkip);
        var features = new double[FeatureVector.Length];
        context.Features.CopyTo(features);
        var core = new DecisionCore
        {
            KernelVersion = DecisionKernel.Version,
            OpportunityId = Bytes(id.Value),
            Action = (uint)DecisionAction.Submit,
            Value = value.Value,
            RandomKey = Key,
            MessageHash = Bytes(id.Value),
            ParametersHash = Bytes(Strategy.Hash),
            PosteriorId = Bytes(Sampler.Id.Value),
            Choice = new Choice
            {
                Arm = choice.Index,
                Best = { new Contracts.V1.ArmScore { Arm = (uint)choice.Best.Arm, Score = choice.Best.Score } },
                Candidates = (uint)choice.CandidatesCount,
                Exploration = choice.Exploration,
                TipCap = context.TipCap.Value,
                FastCost = context.FastRouteCost.Value,
            },
            Surroundings = new Contracts.V1.Surroundings { Features = { features }, SurvivalBin = 2 },
        };
        change?.Invoke(core);
        var decision = new Decision { Strategy = "arb-1", DecidedNs = number * NsPerSecond, Core = core };
        return new LogEntry(
            (DecisionAction)core.Action switch
            {
                DecisionAction.Block => RecordType.Block,
                DecisionAction.Skip => RecordType.Skip,
                _ => RecordType.Intent,
            },
            (1_000 + number) * NsPerSecond, default,
            new AuditRecord { Decision = decision }.ToByteArray());
    }

    private static LogEntry NoArm(int number) => Intent(number, core =>
    {
        (core.Action, core.Reason) = ((uint)DecisionAction.Skip, (uint)DecisionReason.NoArmAboveZero);
        core.Choice = new Choice { Arm = -1, TipCap = 900 };
    });

    private static LogEntry Outcome(int number, long intent = 0) => new(
        RecordType.Outcome, (2_000 + number) * NsPerSecond, default, new AuditRecord
        {
            Outcome = new Outcome
            {
                OpportunityId = Bytes(new MadeChance($"{number}").Digest),
                Strategy = "arb-1",
                IntentOffset = intent,
                Kind = (uint)BundleOutcomeKind.Landed,
                Cause = (uint)OutcomeCause.Landed,
                Realised = 4_000_000 - 5_000,
                TipPaid = 1_234,
            },
        }.ToByteArray());

    private static LogEntry Blob(byte[] bytes) => new(RecordType.Unknown, 1, Digest.Of(bytes), bytes);

    private static ByteString Bytes(Digest digest) => ByteString.CopyFrom(digest.ToArray());
}
