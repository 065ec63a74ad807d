using Mev.Domain.Bundles;
using Mev.Grains.Abstractions.Commands;
using Orleans.Concurrency;

namespace Mev.Grains.Abstractions.Bundles;

/// <summary>
/// The one bundle that may leave for an opportunity. Key: the opportunity id in hex, which names the chance and not the
/// strategy, so two strategies that see the same chance meet here.
/// </summary>
[Alias("mev.bundle"), GrainInterfaceType("mev.bundle")]
public interface IBundleGrain : IGrainWithStringKey
{
    /// <summary>
    /// Claims the opportunity for a strategy before it appends its intent; true when it is (already) that strategy's. A
    /// claim without an intent is void after two seconds. Once the journal holds an intent of it, whoever's and from
    /// whatever run, nobody claims it again.
    /// </summary>
    [Alias("claim")]
    ValueTask<bool> Claim(string strategy);

    /// <summary>
    /// Reads the durable intent, checks its message hash, the stop and the claim, journals the attempt and hands the
    /// bytes to the sender. The same intent again sends the same bytes, unless the sender has them, it is resolved, or
    /// a stop has closed it. One that may not leave (another one holds the opportunity, or its message has another
    /// hash) ends with an outcome, journalled once.
    /// </summary>
    [Alias("send")]
    ValueTask<SendVerdict> Send(IntentReference intent);

    /// <summary>
    /// Journals what was observed of the bundle, once, and says where it stands. What is observed later and says
    /// something else is journalled as its correction. Null where there is no durable intent, and beyond a number of
    /// corrections.
    /// </summary>
    [Alias("resolve")]
    ValueTask<OutcomeReference?> Resolve(BundleOutcome outcome);

    /// <summary>Where the bundle stands.</summary>
    [Alias("describe"), ReadOnly, ClientReadable]
    ValueTask<BundleView> Describe();
}
