using Orleans.Streams;
using Orleans.Streams.Core;

namespace Mev.Adapters.Tests.Streams;

/// <summary>Follows its stream of numbers and puts what it takes where tests look.</summary>
[GrainType("mev.tests.note"), ImplicitStreamSubscription(Notes.Namespace)]
internal sealed class NoteGrain : Grain, INoteGrain, IStreamSubscriptionObserver, IAsyncObserver<int>
{
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<int>().ResumeAsync(this);

    public Task OnNextAsync(int item, StreamSequenceToken? token = null)
    {
        Notes.Take(this.GetPrimaryKeyString(), item, token!.SequenceNumber);
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
}
