using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Domain.Limits;
using Mev.Domain.Limits.Caps;
using Mev.Domain.Opportunities;

namespace Mev.Domain.Decisions;

/// <summary>What the kernel made of one opportunity: everything in it follows from recorded inputs.</summary>
public sealed record Decision
{
    /// <summary>What it is about.</summary>
    public required Opportunity Opportunity { get; init; }

    /// <summary>Submit, skip or block.</summary>
    public required DecisionAction Action { get; init; }

    /// <summary>
    /// Its record keeps neither hops nor accounts, which the opportunity id commits it to: a skip, and while conflating
    /// also a block for a reason that is not the chance's: at the limit of open submissions every chance is one, at a
    /// cap of strategy or wallet too, and a cycle that fails is seen again and again.
    /// </summary>
    public bool IsCompact => !Keeps(Action, Reason, Opportunity);

    /// <summary>Why it is no submit.</summary>
    public required DecisionReason Reason { get; init; }

    /// <summary>Profit after every fixed fee and before the tip.</summary>
    public required Lamports Value { get; init; }

    /// <summary>The rules that were looked at, in order; the last one that failed decided.</summary>
    public required ImmutableArray<RuleCheck> Checks { get; init; }

    /// <summary>What the sampler knew; null when a rule decided before it was asked.</summary>
    public required ChoiceContext? Context { get; init; }

    /// <summary>What the sampler chose; null when a rule decided before it was asked.</summary>
    public required ArmChoice? Choice { get; init; }

    /// <summary>What it knew of the market; null unless a sampler that looks at it was asked: an input.</summary>
    public Surroundings? Surroundings { get; init; }

    /// <summary>The complete message of a submit; empty otherwise.</summary>
    public required ReadOnlyMemory<byte> Message { get; init; }

    /// <summary>Inputs beside the opportunity.</summary>
    public required DecisionInputs Inputs { get; init; }

    /// <summary>Where its random numbers come from.</summary>
    public required DrawStream Draws { get; init; }

    /// <summary>Whether the opportunity was another strategy's already: an input.</summary>
    public required bool IsTaken { get; init; }

    /// <summary>Open submissions of the strategy when it decided: an input.</summary>
    public required int OpenSubmissions { get; init; }

    /// <summary>Failures of its cycle in a row for the same reason when it decided: an input. Default 0.</summary>
    public int EqualFailures { get; init; }

    /// <summary>What was used of caps when it decided: an input, of which the checks keep what was read.</summary>
    public CapUse Use { get; init; } = CapUse.None;

    /// <summary>The record of such a decision keeps hops and accounts.</summary>
    internal static bool Keeps(DecisionAction action, DecisionReason reason, Opportunity opportunity) =>
        action != DecisionAction.Skip
        && (action != DecisionAction.Block || opportunity.Waited is null
            || reason is not (DecisionReason.Stopped or DecisionReason.TooManyOpen or DecisionReason.FailingCycle
                or DecisionReason.StrategyCapReached or DecisionReason.WalletCapReached));
}
