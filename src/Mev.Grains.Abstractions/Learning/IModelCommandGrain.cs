using Mev.Grains.Abstractions.Commands;

namespace Mev.Grains.Abstractions.Learning;

/// <summary>
/// Which model operators put in force, by signed commands. Key: <c>offset</c>. Every change is journalled with the file
/// before it holds, and once for each command.
/// </summary>
[CommandInterface, Alias("mev.model-command"), GrainInterfaceType("mev.model-command")]
public interface IModelCommandGrain : IGrainWithStringKey
{
    /// <summary>
    /// Puts a file of the folder or the journal in force, or the one before, or none, if the change is the present
    /// number plus one; answers the number afterwards. What the gates refuse changes nothing.
    /// </summary>
    [Alias("execute")]
    ValueTask<EffectAnswer> Execute(CommandOrder order);
}
