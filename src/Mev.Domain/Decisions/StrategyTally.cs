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

    /// <summary>Bundles of which evidence is missing.</summary>
    [Id(6)] public long Unknown { get; init; }

    /// <summary>Outcome records for a decision that had its outcome already: ignored.</summary>
    [Id(7)] public long Duplicates { get; init; }

    /// <summary>
    /// Profit of the landed bundles after fixed fees, before tips, less the fees of those that failed on the chain.
    /// </summary>
    [Id(8)] public Lamports Realised { get; init; }

    /// <summary>Tips of the landed bundles.</summary>
    [Id(9)] public Lamports TipsPaid { get; init; }

    /// <summary>The tally with further decisions.</summary>
    public StrategyTally Plus(long submits, long skips, long blocks) =>
        this with { Submits = Submits + submits, Skips = Skips + skips, Blocks = Blocks + blocks };

    /// <summary>The tally with a further outcome; false when its amounts are none that can be added up.</summary>
    public bool TryAdd(BundleOutcome outcome, out StrategyTally tally)
    {
        try
        {
            tally = outcome.Kind switch
            {
                BundleOutcomeKind.Landed => this with
                {
                    Landed = Landed + 1,
                    Realised = Realised + outcome.Realised,
                    TipsPaid = TipsPaid + outcome.TipPaid,
                },
                BundleOutcomeKind.Refused when outcome.Cause == OutcomeCause.FailedOnChain => this with
                {
                    Refused = Refused + 1,
                    Realised = Realised + outcome.Realised,
                },
                BundleOutcomeKind.Refused => this with { Refused = Refused + 1 },
                BundleOutcomeKind.Expired => this with { Expired = Expired + 1 },
                _ => this with { Unknown = Unknown + 1 },
            };
            _ = tally.Net;
            return true;
        }
        catch (OverflowException)
        {
            tally = this;
            return false;
        }
    }

    /// <summary>Profit after fixed fees and tips.</summary>
    public Lamports Net => Realised - TipsPaid;

    /// <summary>All decisions.</summary>
    public long Decisions => Submits + Skips + Blocks;

    /// <summary>Outcomes with evidence.</summary>
    public long Resolved => Landed + Refused + Expired;
}
