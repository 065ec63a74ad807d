using Mev.Grains.Abstractions.Strategies;
using Mev.Journal.Strategies;

namespace Mev.Grains.Strategies;

/// <summary>What a strategy learns, for people.</summary>
internal static class LearningViews
{
    public static LearningView Of(StrategyBelief belief, double congestion) => new()
    {
        State = StateOf(belief),
        UnseenShare = belief.Evidence.UnseenShare,
        Losses = belief.Evidence.LossesCount,
        Learnt = belief.Learnt,
        Held = belief.Held,
        MarketFraction = belief.Fractions.Market,
        Congestion = congestion,
        History = belief.History,
        PoolsSeen = belief.Fractions.Pools.Count,
    };

    public static LearningState StateOf(StrategyBelief belief) =>
        belief.IsFrozen ? LearningState.FrozenByOperator
        : belief.Evidence.IsFrozen ? LearningState.LearningFrozen
        : belief.Evidence.IsAlert ? LearningState.LearningAlert
        : LearningState.Learning;
}
