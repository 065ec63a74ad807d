namespace Mev.Domain.Evaluation;

/// <summary>
/// The probability of what was played, given the draws that the sampler might have made: its own and the repetitions,
/// which are alike, so that each of them had the same chance of being the one that counted. The slice's mass is part of
/// it. So given all of them it is exact, however few they are; more of them make the weights less extreme.
/// </summary>
public static class Propensity
{
    /// <summary>Of an arm.</summary>
    /// <param name="exploration">Probability with which the slice picks.</param>
    /// <param name="candidates">Arms that it picks from, at least 1.</param>
    /// <param name="drawn">Share of the draws in which the arm was best.</param>
    public static double OfArm(double exploration, int candidates, double drawn) =>
        exploration / candidates + OfSkip(exploration, drawn);

    /// <summary>Of a skip, which the slice never picks.</summary>
    /// <param name="exploration">Probability with which the slice picks.</param>
    /// <param name="drawn">Share of the draws in which no arm was above 0.</param>
    public static double OfSkip(double exploration, double drawn) => (1.0 - exploration) * drawn;
}
