using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Orleans;

namespace Mev.Domain.Decisions;

/// <summary>What a strategy did and what came of it, as its journal says.</summary>
[GenerateSerializer, Immutable, Alias("mev.strategy-tally")]
public sealed record StrategyTally
{
    /// <summary>Decisions to submit.</summary>
    [Id(0)] public long Submits { get; init; }

    /// <summary>Decisions to skip.</summary>
    [Id(1)] public long Skips { get; init; }

    /// <summary>Decisions that a rule refused.</summary>
    [Id(2)] public long Blocks { get; init; }

    /// <summary>Bundles landed.</summary>
    [Id(3)] public long Landed { get; init; }

    /// <summary>Bundles refused.</summary>
    [Id(4)] public long Refused { get; init; }

    /// <summary>Bundles expired.</summary>
    [Id(5)] public long Expired { get; init; }

    /// <summary>Bundles of which evidence is missing; one whose evidence came later counts there.</summary>
    [Id(6)] public long Unknown { get; init; }

    /// <summary>Outcome records that repeat one of their decision: ignored.</summary>
    [Id(7)] public long Duplicates { get; init; }

    /// <summary>
    /// Profit of the landed bundles after fixed fees, before tips, less the fees of those that failed on the chain.
    /// </summary>
    [Id(8)] public Lamports Realised { get; init; }

    /// <summary>Tips of the landed bundles.</summary>
    [Id(9)] public Lamports TipsPaid { get; init; }

    /// <summary>Outcomes that took the place of an earlier one of their decision.</summary>
    [Id(10)] public long Corrections { get; init; }

    /// <summary>The tally with further decisions.</summary>
    public StrategyTally Plus(long submits, long skips, long blocks) =>
        this with { Submits = Submits + submits, Skips = Skips + skips, Blocks = Blocks + blocks };

    /// <summary>The tally with a further outcome; false when its amounts are none that can be added up.</summary>
    public bool TryAdd(BundleOutcome outcome, out StrategyTally tally)
    {
        try
        {
            tally = With(outcome, 1);
            _ = tally.Net;
            return true;
        }
        catch (OverflowException)
        {
            tally = this;
            return false;
        }
    }

    /// <summary>
    /// The tally with an outcome in the place of an earlier one; false when the earlier one cannot have been counted,
    /// or the amounts are none that can be added up.
    /// </summary>
    public bool TryCorrect(BundleOutcome earlier, BundleOutcome outcome, out StrategyTally tally)
    {
        try
        {
            var without = With(earlier, -1);
            var isCounted = Math.Min(
                Math.Min(without.Landed, without.Refused), Math.Min(without.Expired, without.Unknown)) >= 0;
            if (isCounted && without.TryAdd(outcome, out tally))
            {
                tally = tally with { Corrections = Corrections + 1 };
                return true;
            }
        }
        catch (OverflowException)
        {
            // amounts that nobody can have counted
        }
        tally = this;
        return false;
    }

    /// <summary>Profit after fixed fees and tips.</summary>
    public Lamports Net => Realised - TipsPaid;

    /// <summary>All decisions.</summary>
    public long Decisions => Submits + Skips + Blocks;

    /// <summary>Outcomes with evidence.</summary>
    public long Resolved => Landed + Refused + Expired;

    private StrategyTally With(BundleOutcome outcome, int times)
    {
        var isLanded = outcome.Kind == BundleOutcomeKind.Landed;
        var isOnChain = isLanded
            || outcome is { Kind: BundleOutcomeKind.Refused, Cause: OutcomeCause.FailedOnChain };
        return this with
        {
            Landed = Landed + (isLanded ? times : 0),
            Refused = Refused + (outcome.Kind == BundleOutcomeKind.Refused ? times : 0),
            Expired = Expired + (outcome.Kind == BundleOutcomeKind.Expired ? times : 0),
            Unknown = Unknown + (outcome.Kind == BundleOutcomeKind.Unknown ? times : 0),
            Realised = isOnChain ? new Lamports(Realised.Value + times * outcome.Realised.Value) : Realised,
            TipsPaid = isLanded ? new Lamports(TipsPaid.Value + times * outcome.TipPaid.Value) : TipsPaid,
        };
    }
}
