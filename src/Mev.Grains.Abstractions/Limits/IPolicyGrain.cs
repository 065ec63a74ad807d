using Mev.Domain.Limits;
using Mev.Grains.Abstractions.Commands;
using Orleans.Concurrency;

namespace Mev.Grains.Abstractions.Limits;

/// <summary>
/// Limits and stop. Key: <c>global</c>. What operators change goes through <see cref="IPolicyCommandGrain"/>.
/// </summary>
[Alias("mev.policy"), GrainInterfaceType("mev.policy")]
public interface IPolicyGrain : IGrainWithStringKey
{
    /// <summary>
    /// The version in force. Throws as long as the journal cannot be read for it, unless trading is stopped.
    /// </summary>
    [Alias("current"), ReadOnly, ClientReadable]
    ValueTask<Policy> Current();

    /// <summary>
    /// The platform stops submitting by itself, at once, whatever else is going on: once answered, nothing is sent
    /// until two persons resume. A change that is being journalled meanwhile is void. Throws when the stop, which
    /// holds, could not be journalled or saved; what could not be journalled because the journal could not be read is,
    /// once it can.
    /// </summary>
    [Alias("stop"), AlwaysInterleave]
    ValueTask<Policy> Stop(string reason);
}
