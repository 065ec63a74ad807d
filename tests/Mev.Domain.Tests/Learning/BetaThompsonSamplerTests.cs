using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Learning;

namespace Mev.Domain.Tests.Learning;

public sealed class BetaThompsonSamplerTests
{
    private static readonly DrawStream Vectors = new(RandomKey.Of("arb-1", 1), 0x1d16a3b49486efa5);

    [Fact]
    public void Known_bytes_have_known_ids()
    {
        Assert.Equal(
            "e3229194bb5f35c5043c7456bc19757d8437b5b09338692127f16e7aaa3195f7",
            Samplers.Prior(SamplerKind.BetaThompson).Id.ToString());
        Assert.Equal(
            "bbf034d9bf427c12f414bbb23af5dda24789a3911f4c1bd89e67c1714e0e27f5", KnownSampler().Id.ToString());
    }

    [Fact]
    public void An_arm_index_is_share_plus_19_times_route()
    {
        var arms = Samplers.Prior(SamplerKind.BetaThompson).Arms;
        Assert.Equal(38, arms.Length);
        for (var index = 0; index < 38; index++)
        {
            var route = index < 19 ? Route.Standard : Route.Fast;
            Assert.Equal(new Arm(500 + 500 * (index % 19), route), arms[index]);
        }
    }

    [Fact]
    public void What_is_no_event_is_refused_and_changes_nothing()
    {
        var sampler = KnownSampler();
        var before = sampler.Id;
        Assert.Throws<ArgumentOutOfRangeException>(
            () => sampler.Apply(PosteriorFoldTests.Event(LearningEventKind.Unknown, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => sampler.Apply(PosteriorFoldTests.Event((LearningEventKind)77, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => sampler.Apply(PosteriorFoldTests.Event(LearningEventKind.Landed, 38)));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => sampler.Apply(PosteriorFoldTests.Event(LearningEventKind.Dropped, -1)));
        sampler.Apply(PosteriorFoldTests.Event(LearningEventKind.Skipped, -1));
        Assert.Equal(before, sampler.Id);
        sampler.Apply(PosteriorFoldTests.Event(LearningEventKind.Landed, 0));
        Assert.NotEqual(before, sampler.Id);
    }

    [Fact]
    public void A_description_states_counts_means_and_quantiles()
    {
        var sampler = Samplers.Prior(SamplerKind.BetaThompson);
        sampler.Apply(PosteriorFoldTests.Event(LearningEventKind.Landed, 20));
        sampler.Apply(PosteriorFoldTests.Event(LearningEventKind.Landed, 20));
        var description = sampler.Describe();
        Assert.Equal(sampler.Id, description.Id);
        Assert.Equal(38, description.Arms.Length);
        var (idle, played) = (description.Arms[0], description.Arms[20]);
        Assert.Equal((0.0, 0.5), (idle.OutcomesCount, idle.Mean));
        Assert.Equal(0.05, idle.Low, 1e-10);
        Assert.Equal(0.95, idle.High, 1e-10);
        Assert.Equal((20, 2.0, 0.75), (played.Index, played.OutcomesCount, played.Mean));
        Assert.Equal(new Arm(1_000, Route.Fast), played.Arm);
        Assert.Equal(Math.Cbrt(0.05), played.Low, 1e-10);
        Assert.Equal(Math.Cbrt(0.95), played.High, 1e-10);
    }

    [Fact]
    public void Choosing_and_applying_allocate_nothing()
    {
        var sampler = KnownSampler();
        var context = Context(4_000_000, cost: 100_000);
        var tips = 0L;
        RunTurns(sampler, context, 50, ref tips);
        var before = GC.GetAllocatedBytesForCurrentThread();
        RunTurns(sampler, context, 2_000, ref tips);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(tips > 0);
    }

    private static void RunTurns(ISampler sampler, in ChoiceContext context, int turns, ref long tips)
    {
        Span<byte> bytes = stackalloc byte[BetaThompsonSampler.CanonicalBytesLength];
        for (var turn = 0; turn < turns; turn++)
        {
            var opportunity = new Domain.Opportunities.OpportunityId(sampler.Id.Value);
            tips += sampler.Choose(context, DrawStream.For(Vectors.Key, opportunity)).Tip.Value;
            sampler.Apply(PosteriorFoldTests.Event((LearningEventKind)(1 + turn % 6), turn % 38));
            sampler.WriteCanonical(bytes);
        }
    }

    internal static ChoiceContext Context(long value, long floor = 0, long cap = long.MaxValue, long cost = 0) => new()
    {
        Value = new Lamports(value),
        TipFloor = new Lamports(floor),
        TipCap = new Lamports(cap),
        FastRouteCost = new Lamports(cost),
    };

    /// <summary>Counts 1 + 7 i mod 23 and 1 + 11 i mod 31 on arm i.</summary>
    internal static ISampler KnownSampler()
    {
        var sampler = Samplers.Prior(SamplerKind.BetaThompson);
        for (var arm = 0; arm < 38; arm++)
        {
            Repeat(sampler, LearningEventKind.Landed, arm, 7 * arm % 23);
            Repeat(sampler, LearningEventKind.Late, arm, 11 * arm % 31);
        }
        return sampler;
    }

    internal static void Repeat(ISampler sampler, LearningEventKind kind, int arm, int times)
    {
        for (var i = 0; i < times; i++) sampler.Apply(PosteriorFoldTests.Event(kind, arm));
    }
}
