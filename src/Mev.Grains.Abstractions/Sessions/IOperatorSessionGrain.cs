using Mev.Grains.Abstractions.Commands;

namespace Mev.Grains.Abstractions.Sessions;

/// <summary>
/// Takes the signed commands of one principal, one after the other: verifies them anew, records them, has them carried
/// out once, and answers a repeat the same. Key: the principal's name.
/// </summary>
[CommandInterface, Alias("mev.operator-session"), GrainInterfaceType("mev.operator-session")]
public interface IOperatorSessionGrain : IGrainWithStringKey
{
    /// <summary>
    /// Carries a command out and answers once its outcome is durable. One that was taken before and not answered, for a
    /// crash in between, is completed.
    /// </summary>
    [Alias("execute")]
    ValueTask<CommandAnswer> Execute(SignedEnvelope command);
}
