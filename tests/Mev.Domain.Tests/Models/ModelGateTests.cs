using System.Collections.Immutable;
using Mev.Domain.Auctions;
using Mev.Domain.Models;

namespace Mev.Domain.Tests.Models;

/// <summary>The bounds are the learning rules' (section 10), so they stand here as numbers.</summary>
public sealed class ModelGateTests
{
    private static readonly ModelGate Good = new()
    {
        Rows = 200,
        BrierBefore = 0.2,
        BrierAfter = 0.2,
        DifferenceUpper = 0.0,
        CalibrationError = 0.03,
        CalibrationErrorByBand = [0.06, 0.0, 0.06],
    };

    [Fact]
    public void What_lies_on_each_bound_passes_and_what_lies_beyond_one_is_refused_for_it_alone()
    {
        Assert.Empty(Good.Refusals);
        Refused(Good with { Rows = 199 }, "199 rows of test");
        Refused(Good with { DifferenceUpper = 1e-9 }, "Brier 0.20000 after 0.20000");
        Refused(Good with { CalibrationError = 0.0301 }, "calibration error 0.030, allowed is 0.03");
        var band = Good with { CalibrationErrorByBand = [0.0, 0.061, 0.0] };
        Refused(band, "calibration error 0.061 in congestion band 1, allowed is 0.06");
    }

    [Fact]
    public void A_figure_that_is_no_number_or_not_there_is_refused()
    {
        Refused(Good with { DifferenceUpper = double.NaN }, "Brier");
        Refused(Good with { CalibrationError = double.NaN }, "calibration error NaN");
        Refused(Good with { CalibrationErrorByBand = [0.0, 0.0, double.NaN] }, "calibration error NaN in congestion");
        Refused(Good with { CalibrationErrorByBand = [] }, "0 congestion bands");
    }

    /// <summary>
    /// 56 of 100 land: to say .6 instead of .5 is .002 better in the mean, but on 400 rows the standard error of that
    /// is .005: the interval's upper end lies 1.96 of them above the mean, and above 0.
    /// </summary>
    [Fact]
    public void Better_in_the_mean_alone_is_not_enough_where_95_percent_reach_above_nothing()
    {
        var hasLanded = Enumerable.Range(0, 400).Select(place => place % 25 < 14).ToArray();
        var gate = ModelGate.Of(Saying(0.5), Saying(0.6), seed: 1);

        var mean = gate.BrierAfter - gate.BrierBefore;
        Assert.Equal(-0.002, mean, 1e-12);
        var error = 0.2 * Math.Sqrt(0.56 * 0.44 / hasLanded.Length);
        Assert.InRange(gate.DifferenceUpper, mean + 1.7 * error, mean + 2.2 * error);
        Assert.Contains(gate.Refusals, refusal => refusal.StartsWith("Brier", StringComparison.Ordinal));

        ImmutableArray<LandingForecast> Saying(double probability) =>
            [.. hasLanded.Select(landed => new LandingForecast(probability, landed, Congestion: 0.0))];
    }

    [Fact]
    public void Goals_that_are_missed_or_were_not_measured_refuse_a_model()
    {
        Goal[] goals = [.. GoalBounds.OfModel.Select(bound => bound.Of(bound.Bound))];
        Assert.Equal(26, goals.Length);
        Assert.Empty(new MarketGate(1, 20, [.. goals]).Refusals);
        for (var place = 0; place < goals.Length; place++)
        {
            var (rest, goal) = (goals.Where((_, other) => other != place), goals[place]);
            Refused([.. rest], $"{goal.Name}, {goal.What}, was not measured");
            var worse = goal with { Measured = goal.Bound + (goal.IsMost ? 0.1 : -0.1) };
            Refused([.. rest, worse], $"{goal.Name}, {goal.What}: ");
            Refused([.. goals, worse], $"{goal.Name}, {goal.What}: "); // beside one that is met
            Refused([.. rest, goal with { Measured = double.NaN }], $"{goal.Name}, {goal.What}: NaN");
            Refused([.. rest, goal with { Measured = goal.IsMost ? double.NegativeInfinity : 1.0 / 0.0 }], goal.Name);
            // Bounds beside a figure loosen nothing.
            Refused([.. rest, worse with { Bound = worse.Measured }], $"{goal.Name}, {goal.What}: ");
            Refused([.. rest, worse with { IsMost = !goal.IsMost }], $"{goal.Name}, {goal.What}: ");
        }
        foreach (var last in (ulong[])[0, 1, 19])
            Assert.Contains("20 at least are needed", Assert.Single(new MarketGate(1, last, [.. goals]).Refusals));
    }

    /// <summary>The learning rules' section 14, as numbers.</summary>
    [Fact]
    public void The_bounds_of_the_goals_are_those_that_were_asked_for()
    {
        Assert.Equal(
            [100.0, 0.0, 65.0, 60.0, 62.0, 88.0, 95.0, 0.0, 95.0, 95.0],
            GoalBounds.OfModel.Take(10).Select(bound => bound.Bound));
        Assert.Equal(
            [5.0, 0.0, 8.0, 0.0, 10.0, 0.0, 20.0, 0.0, 2.0, 0.0, 2.0, 0.0, 4.0, 0.0, 4.0, 0.0],
            GoalBounds.OfModel.Skip(10).Select(bound => bound.Bound));
        Assert.All(GoalBounds.Shifted("shift").Lines, bound => Assert.Equal(90.0, bound.Bound));
        Assert.All(GoalBounds.Start("factored").Lines, bound => Assert.Equal(88.0, bound.Bound));
        Assert.Equal((10.0, true), (GoalBounds.Median.Bound, GoalBounds.Median.IsMost));
        Assert.Equal((0.03, true), (GoalBounds.Calibrated("").Bound, GoalBounds.Calibrated("").IsMost));
        Assert.Equal(3, GoalBounds.OfModel.Count(bound => bound.IsMost));
    }

    private static void Refused(Goal[] goals, string reason) =>
        Assert.StartsWith(
            reason, Assert.Single(new MarketGate(1, 20, [.. goals]).Refusals), StringComparison.Ordinal);

    private static void Refused(ModelGate gate, string reason) =>
        Assert.StartsWith(reason, Assert.Single(gate.Refusals), StringComparison.Ordinal);
}
