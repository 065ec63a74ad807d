using Mev.Domain.Evaluation;

namespace Mev.Cli.Evaluations;

/// <summary>What came out, and what could not be evaluated.</summary>
/// <param name="Evaluation">The estimates.</param>
/// <param name="Evaluated">Decisions in them.</param>
/// <param name="WithoutBelief">Left out: the store does not hold the belief, or holds other bytes.</param>
/// <param name="Foreign">Left out: the policy is none of their sampler's.</param>
/// <param name="Unequal">Left out: belief and draws do not yield the decision again.</param>
internal sealed record EvaluationResult(
    PolicyEvaluation Evaluation, int Evaluated, int WithoutBelief, int Foreign, int Unequal);
