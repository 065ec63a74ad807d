using Mev.Grains.Abstractions.Commands;

namespace Mev.Grains.Abstractions.Strategies;

/// <summary>
/// What operators change in what a strategy learns, by signed commands. Key: the strategy's id. Every change is
/// journalled before it holds; what is open teaches a new epoch nothing.
/// </summary>
[CommandInterface, Alias("mev.strategy-command"), GrainInterfaceType("mev.strategy-command")]
public interface IStrategyCommandGrain : IGrainWithStringKey
{
    /// <summary>
    /// Begins an epoch with the prior or a given posterior if it is the present one plus one, freezes or thaws; answers
    /// the epoch afterwards.
    /// </summary>
    [Alias("execute")]
    ValueTask<EffectAnswer> Execute(CommandOrder order);
}
