using System.Collections.Concurrent;
using Mev.Domain.Opportunities;

namespace Mev.Grains.Bundles;

/// <summary>
/// Tells whoever resolves several outcomes when one has its place in the journal's queue, long before it is durable: so
/// they share a commit and stand in the order in which they were told. Of a bundle on another silo nothing is heard
/// here before it has answered.
/// </summary>
internal sealed class OutcomeOrder
{
    private readonly ConcurrentDictionary<OpportunityId, TaskCompletionSource> _awaited = new();

    /// <summary>Ends when a record of the outcome is queued, or when its bundle has answered.</summary>
    /// <param name="opportunity">Whose outcome.</param>
    /// <param name="resolve">Asks the bundle.</param>
    /// <param name="resolved">Its answer.</param>
    public async Task Start(OpportunityId opportunity, Func<Task> resolve, Action<Task> resolved)
    {
        var place = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited[opportunity] = place;
        var answered = resolve();
        resolved(answered);
        await Task.WhenAny(place.Task, answered);
        _awaited.TryRemove(opportunity, out _);
    }

    /// <summary>A record of the bundle's outcome has its place in the queue.</summary>
    public void HasPlace(OpportunityId opportunity)
    {
        if (_awaited.TryRemove(opportunity, out var place)) place.TrySetResult();
    }
}
