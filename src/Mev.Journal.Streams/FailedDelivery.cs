using Microsoft.Extensions.Hosting;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace Mev.Journal.Streams;

/// <summary>
/// An event that a consumer did not take in all the time it was given: set aside, durably, before the consumer goes on.
/// </summary>
internal sealed class FailedDelivery(
    Func<StreamPartition> partition, DeadLetters deadLetters, IHostApplicationLifetime lifetime, TimeProvider time)
    : IStreamFailureHandler
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    public bool ShouldFaultSubsriptionOnError => false;

    public async Task OnDeliveryFailure(
        GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken)
    {
        // One of several is not known yet: the cursor hands them over again, each alone.
        if (sequenceToken is not EventSequenceTokenV2 { EventIndex: 0 } token) return;
        var (place, offset) = (partition(), token.SequenceNumber);
        var reason = $"subscription {subscriptionId.Guid} of stream {streamIdentity} did not take it";
        try
        {
            while (!await deadLetters.TrySetAside(place.Partition, offset, reason, lifetime.ApplicationStopping))
                await Task.Delay(Wait, time, lifetime.ApplicationStopping); // not passed over before that is durable
        }
        catch (OperationCanceledException)
        {
            place.Hold(offset); // the host ends before: whoever owns the partition next begins with it
        }
    }

    public Task OnSubscriptionFailure(
        GuidId subscriptionId, string streamProviderName, StreamId streamIdentity,
        StreamSequenceToken? sequenceToken) => Task.CompletedTask; // no event is concerned, and Orleans logs it
}
