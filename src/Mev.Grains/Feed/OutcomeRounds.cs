using Mev.Domain.Bundles;
using Mev.Grains.Bundles;

namespace Mev.Grains.Feed;

/// <summary>
/// Takes the outcomes that the bundle sender tells to bundles and strategies, many at a time, so that they share a
/// commit. They stand in the journal in the order in which they were told, those of one bundle always, of several
/// unless it refuses one meanwhile.
/// </summary>
internal sealed class OutcomeRounds(IBundleSender sender, DecisionRounds rounds, OutcomeOrder order)
{
    private const int OutcomesMax = 256; // resolved at a time

    private readonly List<BundleOutcome> _taken = []; // not resolved yet: what is cut off stays for who goes on

    /// <summary>Resolves what can be read now, in the order in which it was told; answers how many.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="most">How many at most.</param>
    public async Task<uint> ResolveSeen(CancellationToken cancellationToken, uint most = uint.MaxValue)
    {
        var resolved = 0U;
        while (Take(most - resolved))
        {
            var taken = _taken.Count;
            await ResolveTaken(cancellationToken);
            resolved += (uint)(taken - _taken.Count);
        }
        return resolved;
    }

    /// <summary>
    /// Resolves outcomes, first those that an earlier call was cut off from, until the feed has ended; what is still
    /// readable then is the caller's.
    /// </summary>
    public async Task ResolveAll(CancellationToken feedEnded, CancellationToken cancellationToken)
    {
        while (_taken.Count > 0 || await CanRead(feedEnded))
        {
            Take(uint.MaxValue);
            await ResolveTaken(cancellationToken);
        }
    }

    private bool Take(uint most)
    {
        var count = Math.Min(most, OutcomesMax);
        while (_taken.Count < count && sender.Outcomes.TryRead(out var outcome)) _taken.Add(outcome);
        return _taken.Count > 0;
    }

    private async Task ResolveTaken(CancellationToken cancellationToken)
    {
        // Of one bundle the later waits for the earlier, which the journal may refuse and take after all.
        var started = _taken.DistinctBy(outcome => outcome.Opportunity).ToList();
        var resolved = new List<Task>(started.Count);
        foreach (var outcome in started)
        {
            await order.Start(
                outcome.Opportunity, () => rounds.Resolve(outcome, cancellationToken), resolved.Add);
        }
        try
        {
            await Task.WhenAll(resolved);
        }
        finally
        {
            foreach (var (i, task) in resolved.Index())
                if (task.IsCompletedSuccessfully) _taken.Remove(started[i]);
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
