using Mev.Domain.Bundles;

namespace Mev.Grains.Feed;

/// <summary>Takes the outcomes that the bundle sender tells to bundles and strategies.</summary>
internal sealed class OutcomeRounds(IBundleSender sender, DecisionRounds rounds)
{
    private const int OutcomesMax = 256; // resolved at a time, so that they share a commit

    private readonly List<BundleOutcome> _taken = []; // not resolved yet: what is cut off stays for who goes on

    /// <summary>Resolves what can be read now, one after the other.</summary>
    public async Task ResolveSeen(CancellationToken cancellationToken)
    {
        while (sender.Outcomes.TryRead(out var outcome)) await rounds.Resolve(outcome, cancellationToken);
    }

    /// <summary>
    /// Resolves outcomes, first those that an earlier call was cut off from, until the feed has ended; what is still
    /// readable then is the caller's.
    /// </summary>
    public async Task ResolveAll(CancellationToken feedEnded, CancellationToken cancellationToken)
    {
        while (_taken.Count > 0 || await CanRead(feedEnded))
        {
            while (_taken.Count < OutcomesMax && sender.Outcomes.TryRead(out var outcome)) _taken.Add(outcome);
            var resolved = _taken.ConvertAll(outcome => rounds.Resolve(outcome, cancellationToken));
            try
            {
                await Task.WhenAll(resolved);
            }
            finally
            {
                for (var i = resolved.Count - 1; i >= 0; i--)
                    if (resolved[i].IsCompletedSuccessfully) _taken.RemoveAt(i);
            }
        }
    }

    private async Task<bool> CanRead(CancellationToken feedEnded)
    {
        try
        {
            return await sender.Outcomes.WaitToReadAsync(feedEnded);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
