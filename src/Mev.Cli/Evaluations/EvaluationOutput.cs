using System.Globalization;
using Mev.Domain.Evaluation;
using Mev.Journal.Stores.Queries;

namespace Mev.Cli.Evaluations;

/// <summary>Prints an evaluation: the land rate never without the profit beside it.</summary>
internal static class EvaluationOutput
{
    private const string Caveat =
        "Of chances as they were, and rivals that do not answer to another policy: no forecast. DM's interval knows "
        + "nothing of the belief's own error.";

    private const string NoSupportNote =
        "DM (no support) is the belief's word alone, which no record checks. Where it is far from 'as recorded', the "
        + "belief is likely to be wrong there, not the policy to be better.";

    public static void Print(
        TargetPolicy policy, EvaluationSample sample, EvaluationResult result, Output output)
    {
        var evaluation = result.Evaluation;
        output.Title($"Policy {policy.Name} on {Count(result.Evaluated)} recorded decisions");
        output.Fields(
            ("with support", Support(evaluation)),
            ("no support", NoSupport(evaluation)),
            ("left out", LeftOut(sample, result)));
        output.Table(
            ["decisions", "estimate", "landed of offered", "95 %", ">lamports a decision", "95 %"],
            Given(evaluation).Concat(Unsupported(evaluation)));
        if (evaluation.Profit.Refusal is { Length: > 0 } refusal)
        {
            output.Line(
                $"IPW, SNIPW and DR are refused: {refusal}. Take a longer time with --from and --to, or a policy that "
                + "is closer to what was done.");
        }
        if (evaluation.UnsupportedProfit.Rows > 0) output.Line(NoSupportNote);
        output.Line(Caveat);
    }

    public static object Json(TargetPolicy policy, EvaluationSample sample, EvaluationResult result) => new
    {
        policy = policy.Name,
        evaluated = result.Evaluated,
        withSupport = new
        {
            profitLamports = Estimates(result.Evaluation.Profit),
            landedOfOffered = Estimates(result.Evaluation.Landing),
        },
        noSupport = new
        {
            profitLamports = Estimates(result.Evaluation.UnsupportedProfit),
            landedOfOffered = Estimates(result.Evaluation.UnsupportedLanding),
            result.Evaluation.NotRecorded,
            result.Evaluation.NotExplored,
            result.Evaluation.NeverSkipped,
        },
        leftOut = new
        {
            sample.Taken,
            sample.Blocked,
            sample.WithoutOutcome,
            sample.Unreadable,
            sample.Older,
            result.WithoutBelief,
            result.Foreign,
            result.Unequal,
        },
        caveat = Caveat,
    };

    private static object Estimates(OffPolicyEstimates of) => new
    {
        of.Rows,
        of.EffectiveRows,
        of.MeanWeight,
        of.Refusal,
        of.Recorded,
        Ipw = of.InversePropensity,
        Snipw = of.SelfNormalised,
        Dr = of.DoublyRobust,
        Dm = of.Direct,
    };

    private static string Support(PolicyEvaluation evaluation) => string.Create(
        CultureInfo.InvariantCulture,
        $"{evaluation.Profit.Rows}, effective {evaluation.Profit.EffectiveRows:F1}, mean weight "
        + $"{evaluation.Profit.MeanWeight:F3}");

    private static string NoSupport(PolicyEvaluation evaluation) => Parts(
        (evaluation.NotExplored, "too large for the calibration slice"),
        (evaluation.NotRecorded, "whose records do not tell how far chance explored"),
        (evaluation.NeverSkipped, "that it skips and the sampler never would have"));

    private static string LeftOut(EvaluationSample sample, EvaluationResult result) => Parts(
        (sample.WithoutOutcome, "without an outcome"), (sample.Taken, "taken by another strategy"),
        (sample.Blocked, "without a message"), (sample.Unreadable, "unreadable"),
        (sample.Older, "older ones (--decisions)"),
        (result.WithoutBelief, "whose belief the store does not hold"),
        (result.Foreign, "of another sampler"), (result.Unequal, "that do not replay"));

    private static string Parts(params IEnumerable<(long Count, string What)> parts) => string.Join(
        ", ", parts.Where(part => part.Count > 0).Select(part => $"{Count(part.Count)} {part.What}"));

    private static IEnumerable<string[]> Given(PolicyEvaluation evaluation)
    {
        var (landing, profit) = (evaluation.Landing, evaluation.Profit);
        if (profit.Rows == 0) yield break;
        yield return Row("with support", "as recorded", landing.Recorded, profit.Recorded);
        yield return Row("", "IPW", landing.InversePropensity, profit.InversePropensity);
        yield return Row("", "SNIPW", landing.SelfNormalised, profit.SelfNormalised);
        yield return Row("", "DR", landing.DoublyRobust, profit.DoublyRobust);
        yield return Row("", "DM", landing.Direct, profit.Direct);
    }

    private static IEnumerable<string[]> Unsupported(PolicyEvaluation evaluation)
    {
        var (landing, profit) = (evaluation.UnsupportedLanding, evaluation.UnsupportedProfit);
        if (profit.Rows == 0) yield break;
        yield return Row("no support", "as recorded", landing.Recorded, profit.Recorded);
        yield return Row("", "DM (no support)", landing.Direct, profit.Direct);
    }

    private static string[] Row(string part, string name, OffPolicyEstimate? landing, OffPolicyEstimate? profit) =>
    [
        part, name, Text(landing?.Value, Percent), Interval(landing, Percent), Text(profit?.Value, Whole),
        Interval(profit, Whole),
    ];

    private static string Text(double? value, Func<double, string> format) =>
        value is { } known ? format(known) : "refused";

    private static string Interval(OffPolicyEstimate? estimate, Func<double, string> format) =>
        estimate is { } known ? $"{format(known.Low)} to {format(known.High)}" : "";

    private static string Percent(double share) => (100.0 * share).ToString("F1", CultureInfo.InvariantCulture) + " %";

    private static string Whole(double lamports) => lamports.ToString("N0", CultureInfo.InvariantCulture);

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
