using System.Text.Json;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using static Mev.Domain.Tests.Learning.LearningVectors;

namespace Mev.Domain.Tests.Learning;

public sealed class FactoredVectorTests
{
    private const string PriorId = "ef1f4a9a7eb5a5711c813e3e2f575e12910ceb9f561aa315293edf56337d4a44";

    [Fact]
    public void The_prior_has_its_id() =>
        Assert.Equal(PriorId, new FactoredSampler(FactoredTerms.Profit).Id.ToString());

    [Fact]
    public void The_posterior_after_each_of_8_updates_agrees_to_the_bit()
    {
        using var json = Read("posterior-vectors.json");
        var sampler = new FactoredSampler(FactoredTerms.Profit);
        var states = json.RootElement.GetProperty("states").EnumerateArray().ToArray();
        Assert.Equal(states[0].GetProperty("sha256").GetString(), sampler.Id.ToString());
        var updates = json.RootElement.GetProperty("updates").EnumerateArray().ToArray();
        Assert.Equal(8, updates.Length);
        for (var i = 0; i < updates.Length; i++)
        {
            sampler.Apply(EventOf(updates[i]));
            Assert.Equal(
                $"{i} {states[i + 1].GetProperty("after")} {states[i + 1].GetProperty("sha256")}",
                $"{i} {updates[i].GetProperty("result")} {sampler.Id}");
        }
    }

    [Fact]
    public void Decisions_agree_to_the_bit()
    {
        using var json = Read("posterior-vectors.json");
        var checkedCount = 0;
        foreach (var expected in json.RootElement.GetProperty("decisions").EnumerateArray())
        {
            var sampler = Learnt(json, expected.GetProperty("lambda").GetDouble());
            var context = ContextOf(expected) with
            {
                Value = new Lamports(expected.GetProperty("vhat_lamports").GetInt64()),
                FastRouteCost = new Lamports(expected.GetProperty("fast_cost_lamports").GetInt64()),
            };
            var seq = Convert.ToUInt64(expected.GetProperty("seq").GetString(), 16);
            var stream = new DrawStream(RandomKey.Of("arb-1", 1), seq);
            AssertDrawn(expected, sampler.Look(context, stream, new double[FactoredDraw.ScratchLength]));
            var choice = sampler.Choose(context, stream);
            Assert.Equal(expected.GetProperty("tip_bps").GetInt32(), choice.Arm.TipBasisPoints);
            Assert.Equal(expected.GetProperty("route").GetInt32(), choice.Best.Arm % 2);
            Assert.Equal(expected.GetProperty("tip_lamports").GetInt64(), choice.Tip.Value);
            Assert.Equal(Bits(expected.GetProperty("score").GetDouble()), Bits(choice.Best.Score));
            checkedCount++;
        }
        Assert.Equal(4, checkedCount);
    }

    private static void AssertDrawn(JsonElement expected, FactoredDraw drawn)
    {
        var hazards = new[] { 10, 20, 26, 30, 43 };
        var actual = new List<double>([.. drawn.Weights]);
        foreach (var bin in hazards) actual.Add(drawn.Hazards[bin]);
        actual.AddRange([drawn.Survival, drawn.StandardInTime, drawn.FastInTime, drawn.ValueMean]);
        Assert.Equal(
            [
                .. Numbers(expected, "w"), .. Numbers(expected, "h_10_20_26_30_43"),
                expected.GetProperty("survive").GetDouble(), .. Numbers(expected, "in_time"),
                expected.GetProperty("value_mean").GetDouble(),
            ],
            actual);
        Assert.Equal(
            expected.GetProperty("kappa").GetDouble(),
            FactoredDraw.KappaOf(expected.GetProperty("vhat_lamports").GetInt64()));
    }

    private static IEnumerable<double> Numbers(JsonElement element, string name) =>
        element.GetProperty(name).EnumerateArray().Select(value => value.GetDouble());

    /// <summary>The posterior after all updates, with a dual written into its last eight bytes.</summary>
    private static FactoredSampler Learnt(JsonDocument json, double dual)
    {
        var terms = FactoredTerms.Profit with { CalibrationShare = 0.0 };
        var sampler = new FactoredSampler(terms);
        foreach (var update in json.RootElement.GetProperty("updates").EnumerateArray()) sampler.Apply(EventOf(update));
        var bytes = sampler.CanonicalBytes();
        BitConverter.GetBytes(dual).CopyTo(bytes, bytes.Length - sizeof(double));
        Assert.Equal(PosteriorRefusal.None, FactoredSampler.TryRead(terms, bytes, out var read));
        return read!;
    }

    private static LearningEvent EventOf(JsonElement update)
    {
        var (bps, route) = (update.GetProperty("tip_bps").GetInt32(), update.GetProperty("route").GetInt32());
        return new LearningEvent
        {
            Kind = Enum.Parse<LearningEventKind>(update.GetProperty("result").GetString()!),
            Arm = bps == 0 ? -1 : 2 * FactoredArms.SharesBasisPoints.IndexOf(bps) + route,
            Context = ContextOf(update),
            AtMs = update.GetProperty("at_ms").GetInt64(),
            WinnerFraction = Number(update, "winner_fraction_of_vhat"),
            LnValueRatio = Number(update, "ln_v_over_vhat"),
        };
    }

    private static ChoiceContext ContextOf(JsonElement element)
    {
        var x = element.GetProperty("x").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        return new ChoiceContext
        {
            Value = new Lamports(1),
            TipFloor = Arm.TipMin,
            TipCap = new Lamports(long.MaxValue),
            FastRouteCost = Lamports.Zero,
            Features = new FeatureVector(x[1], x[2], x[3], x[4], x[5], x[6]),
            SurvivalBin = element.GetProperty("survival_bin").GetByte(),
        };
    }

    private static double? Number(JsonElement element, string name) =>
        element.GetProperty(name).ValueKind == JsonValueKind.Null ? null : element.GetProperty(name).GetDouble();
}
