using Mev.Domain.Bundles;

namespace Mev.Grains.Feed;

/// <summary>Takes the outcomes that the bundle sender tells to bundles and strategies.</summary>
internal sealed class OutcomeRounds(IBundleSender sender, DecisionRounds rounds)
{
    private const int OutcomesMax = 256; // resolved at a time, so that they share a commit

    /// <summary>Resolves what can be read now, one after the other.</summary>
    public async Task ResolveSeen(CancellationToken cancellationToken)
    {
        while (sender.Outcomes.TryRead(out var outcome)) await rounds.Resolve(outcome, cancellationToken);
    }

    /// <summary>Resolves outcomes until the feed has ended; what is still readable then is the caller's.</summary>
    public async Task ResolveAll(CancellationToken feedEnded, CancellationToken cancellationToken)
    {
        var seen = new List<BundleOutcome>();
        while (await CanRead(feedEnded))
        {
            seen.Clear();
            while (seen.Count < OutcomesMax && sender.Outcomes.TryRead(out var outcome)) seen.Add(outcome);
            await Task.WhenAll(seen.Select(outcome => rounds.Resolve(outcome, cancellationToken)));
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
