using Mev.Domain.Evaluation;
using Mev.Domain.Learning;
using Mev.Journal.Stores.Queries;

namespace Mev.Cli.Evaluations;

/// <summary>Evaluates a policy on a sample, on every core; the sums are in the order of the decisions.</summary>
internal sealed class EvaluationRun(TargetPolicy policy, int redraws)
{
    private readonly DecisionEvaluator _evaluator = new(policy, redraws);

    /// <exception cref="CommandFailure">The policy is none of a sampler that decided.</exception>
    public EvaluationResult Run(EvaluationSample sample, CancellationToken cancellationToken)
    {
        var evaluated = new EvaluatedDecision?[sample.Decisions.Length];
        var (withoutBelief, foreign) = (0, 0);
        Parallel.For(0, evaluated.Length, new ParallelOptions { CancellationToken = cancellationToken }, place =>
        {
            var decision = sample.Decisions[place];
            if (SamplerOf(sample, decision) is not { } sampler) Interlocked.Increment(ref withoutBelief);
            else if (!policy.IsOf(sampler.Kind)) Interlocked.Increment(ref foreign);
            else evaluated[place] = _evaluator.Of(decision, sampler);
        });
        var given = evaluated.OfType<EvaluatedDecision>().ToList();
        if (given.Count == 0 && foreign > 0)
        {
            throw new CommandFailure(
                ExitCode.Usage, $"--policy '{policy.Name}' is of the factored samplers alone, and another one decided");
        }
        return new EvaluationResult(
            PolicyEvaluation.Of(given), given.Count, withoutBelief, foreign,
            evaluated.Length - given.Count - withoutBelief - foreign);
    }

    private static ISampler? SamplerOf(EvaluationSample sample, LoggedDecision decision) =>
        sample.Beliefs.TryGetValue(decision.Posterior, out var belief)
        && Samplers.TryRead(belief.Kind, belief.Bytes.Span, out var sampler, out _)
            ? sampler
            : null;
}
