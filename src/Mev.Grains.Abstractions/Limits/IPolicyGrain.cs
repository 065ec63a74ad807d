using Mev.Domain.Limits;
using Orleans.Concurrency;

namespace Mev.Grains.Abstractions.Limits;

/// <summary>Limits and stop. Key: <c>global</c>. Every change is journalled before it is answered.</summary>
[Alias("mev.policy"), GrainInterfaceType("mev.policy")]
public interface IPolicyGrain : IGrainWithStringKey
{
    /// <summary>
    /// The version in force. Throws as long as the journal cannot be read for it, unless trading is stopped.
    /// </summary>
    [Alias("current"), ReadOnly]
    ValueTask<Policy> Current();

    /// <summary>
    /// Puts <paramref name="policy"/> in force if <paramref name="policy"/>'s version is the current one plus one, and
    /// answers the version in force afterwards: the caller's on success, another one when somebody was faster.
    /// </summary>
    [Alias("change")]
    ValueTask<Policy> Change(Policy policy, string reason);

    /// <summary>
    /// Stops submitting at once, whatever else is going on: once answered, nothing is sent until <see cref="Resume"/>.
    /// A change that is being journalled meanwhile is void. Throws when the stop, which holds, could not be journalled
    /// or saved; what could not be journalled because the journal could not be read is, once it can.
    /// </summary>
    [Alias("stop"), AlwaysInterleave]
    ValueTask<Policy> Stop(string reason);

    /// <summary>Lets submitting go on.</summary>
    [Alias("resume")]
    ValueTask<Policy> Resume(string reason);
}
