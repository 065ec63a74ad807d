using Mev.Grains.Abstractions.Commands;
using Orleans.Concurrency;

namespace Mev.Grains.Abstractions.Limits;

/// <summary>What operators change of the policy, by signed commands. Key: <c>global</c>.</summary>
[CommandInterface, Alias("mev.policy-command"), GrainInterfaceType("mev.policy-command")]
public interface IPolicyCommandGrain : IGrainWithStringKey
{
    /// <summary>
    /// Puts another version in force, or lets submitting go on; journalled before it is answered, and once
    /// for each command.
    /// </summary>
    [Alias("execute")]
    ValueTask<EffectAnswer> Execute(CommandOrder order);

    /// <summary>
    /// Stops submitting at once; needs no journal and no storage to hold. Answers when it is journalled and saved;
    /// throws when it, which holds, could not be.
    /// </summary>
    [Alias("stop"), AlwaysInterleave]
    ValueTask<EffectAnswer> Stop(SignedEnvelope command);
}
