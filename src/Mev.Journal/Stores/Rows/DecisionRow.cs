using System.Collections.Immutable;

namespace Mev.Journal.Stores.Rows;

/// <summary>
/// A decision as columns. Ids and hashes are lower hex, addresses base58, enums by name, lists of one subject equally
/// long; amounts are lamports or base units, times nanoseconds since 1970 by the host's clock.
/// </summary>
public sealed record DecisionRow
{
    /// <summary>Place of its record in the partition.</summary>
    public required long Offset { get; init; }

    /// <summary>When the record was made.</summary>
    public required long RecordedNs { get; init; }

    /// <summary>The UUIDv7 that the host gave it; null where the record has none.</summary>
    public required Guid? DecisionId { get; init; }

    /// <summary>Which chance.</summary>
    public required string Opportunity { get; init; }

    /// <summary>Who decided.</summary>
    public required string Strategy { get; init; }

    /// <summary>Submit, Skip or Block.</summary>
    public required string Action { get; init; }

    /// <summary>Why it is no submit.</summary>
    public required string Reason { get; init; }

    /// <summary>Highest slot among the states used.</summary>
    public required ulong Slot { get; init; }

    /// <summary>First byte of the update; 0 when not known.</summary>
    public required long ReceivedNs { get; init; }

    /// <summary>Cycle evaluated and sized.</summary>
    public required long EvaluatedNs { get; init; }

    /// <summary>Decided.</summary>
    public required long DecidedNs { get; init; }

    /// <summary>Market shard that found it.</summary>
    public required uint Shard { get; init; }

    /// <summary>The round trip.</summary>
    public required string Cycle { get; init; }

    /// <summary>Pools of the hops; none of compact records.</summary>
    public required ImmutableArray<string> Pools { get; init; }

    /// <summary>Exact inputs of the hops.</summary>
    public required ImmutableArray<ulong> AmountsIn { get; init; }

    /// <summary>Exact outputs of the hops.</summary>
    public required ImmutableArray<ulong> AmountsOut { get; init; }

    /// <summary>Profit before fees and tip.</summary>
    public required long GrossLamports { get; init; }

    /// <summary>No input yields more, as far as certified.</summary>
    public required long BoundLamports { get; init; }

    /// <summary>Profit after every fixed fee, before the tip.</summary>
    public required long ValueLamports { get; init; }

    /// <summary>Tip of a submit, else 0.</summary>
    public required long TipLamports { get; init; }

    /// <summary>Share of the value that was or would have been bid; null without a choice.</summary>
    public required int? TipBasisPoints { get; init; }

    /// <summary>Route of a submit.</summary>
    public required string Route { get; init; }

    /// <summary>Arm chosen; null without a choice.</summary>
    public required int? Arm { get; init; }

    /// <summary>Its score; null without a choice.</summary>
    public required double? Score { get; init; }

    /// <summary>The calibration slice picked the arm.</summary>
    public required bool IsRandomised { get; init; }

    /// <summary>Arms whose tip was allowed; null where it is not recorded, or there was none.</summary>
    public int? Candidates { get; init; }

    /// <summary>Probability with which the calibration slice picks, every candidate alike; null likewise.</summary>
    public double? Exploration { get; init; }

    /// <summary>Highest tip that was allowed; null likewise.</summary>
    public long? TipCapLamports { get; init; }

    /// <summary>Cost of a submission by the standard route; null likewise.</summary>
    public long? StandardCostLamports { get; init; }

    /// <summary>The same by the fast route.</summary>
    public long? FastCostLamports { get; init; }

    /// <summary>The arms with the highest scores, at most three.</summary>
    public required ImmutableArray<int> BestArms { get; init; }

    /// <summary>Their scores.</summary>
    public required ImmutableArray<double> BestScores { get; init; }

    /// <summary>The numbers of the regression; none where the sampler has none.</summary>
    public required ImmutableArray<double> Features { get; init; }

    /// <summary>What was drawn for a submit.</summary>
    public required ImmutableArray<double> Draws { get; init; }

    /// <summary>Weight of chance in the choice; null where it is not recorded.</summary>
    public required double? Chance { get; init; }

    /// <summary>Relative bonus on a landing; null where it is not recorded.</summary>
    public required double? Dual { get; init; }

    /// <summary>Place in the slot, 0 to 1; null where the sampler does not look at it.</summary>
    public required double? SlotPosition { get; init; }

    /// <summary>Bin of the survival factor, 0 to 3; null likewise.</summary>
    public required int? SurvivalBin { get; init; }

    /// <summary>The model in force, lower hex; null for none.</summary>
    public required string? Model { get; init; }

    /// <summary>What it made of the opportunity; 0 without one.</summary>
    public required double ModelOffset { get; init; }

    /// <summary>Rules that were checked, in their order.</summary>
    public required ImmutableArray<string> LimitRules { get; init; }

    /// <summary>Their bounds.</summary>
    public required ImmutableArray<long> LimitBounds { get; init; }

    /// <summary>What was observed.</summary>
    public required ImmutableArray<long> LimitObserved { get; init; }

    /// <summary>Whether each passed.</summary>
    public required ImmutableArray<bool> LimitPassed { get; init; }

    /// <summary>Candidates of the drain that passed through the filter.</summary>
    public required long Evaluated { get; init; }

    /// <summary>Those above one.</summary>
    public required long Survivors { get; init; }

    /// <summary>Those sized on exact quotes.</summary>
    public required long Sized { get; init; }

    /// <summary>Those positive after every fee.</summary>
    public required long Opportunities { get; init; }

    /// <summary>The best sized cycles of the drain; submits only.</summary>
    public required ImmutableArray<string> CandidateCycles { get; init; }

    /// <summary>Their profits before fixed fees.</summary>
    public required ImmutableArray<long> CandidateProfits { get; init; }

    /// <summary>What became of them.</summary>
    public required ImmutableArray<string> CandidateVerdicts { get; init; }

    /// <summary>Submissions of the strategy that were open.</summary>
    public required uint OpenSubmissions { get; init; }

    /// <summary>Another strategy held the chance.</summary>
    public required bool IsTaken { get; init; }

    /// <summary>Messages are transactions; false in paper mode.</summary>
    public required bool IsSigned { get; init; }

    /// <summary>Version of the kernel.</summary>
    public required uint KernelVersion { get; init; }

    /// <summary>Names the strategy's epoch.</summary>
    public required ulong RandomKey { get; init; }

    /// <summary>Strategy parameters, by content.</summary>
    public required string Parameters { get; init; }

    /// <summary>Policy, by content.</summary>
    public required string Policy { get; init; }

    /// <summary>Posterior before the decision, by content.</summary>
    public required string Posterior { get; init; }
}
