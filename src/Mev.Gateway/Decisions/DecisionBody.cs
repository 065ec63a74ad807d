using System.Collections.Immutable;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Learning;
using Mev.Domain.Limits;
using Mev.Domain.Limits.Caps;
using Mev.Domain.Pools;
using Mev.Gateway.Wire;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Replay;

namespace Mev.Gateway.Decisions;

/// <summary>One decision with everything that its record and what followed say about it.</summary>
internal sealed record DecisionBody
{
    public required DecisionLine Summary { get; init; }

    public required RecordPart Record { get; init; }

    public required ImmutableArray<StepPart> Steps { get; init; }

    public required Domain.Feed.FeedCursor Cursor { get; init; }

    public required DrainPart Drain { get; init; }

    public required OpportunityPart Opportunity { get; init; }

    public required InputPart Inputs { get; init; }

    /// <summary>What the sampler knew of the market; null where it does not look at it, or was not asked.</summary>
    public required SurroundingsPart? Surroundings { get; init; }

    public required ImmutableArray<CheckPart> Limits { get; init; }

    public required ChoicePart? Choice { get; init; }

    /// <summary>Every arm's draw, computed again; empty when a rule decided first or they cannot be.</summary>
    public required ImmutableArray<ArmDraw> Draws { get; init; }

    /// <summary>Why the draws cannot be computed again; empty when they can.</summary>
    public required string DrawsProblem { get; init; }

    public required MessagePart? Message { get; init; }

    public required ImmutableArray<AttemptPart> Attempts { get; init; }

    /// <summary>What became of a submit, as it stands; null while nothing was observed.</summary>
    public required OutcomePart? Outcome { get; init; }

    /// <summary>What was told before and did not hold, the first first.</summary>
    public required ImmutableArray<OutcomePart> Corrected { get; init; }

    public static DecisionBody Of(
        LogPosition position,
        LogRecord record,
        AuditRecord body,
        RecordedDraws draws,
        List<(LogRecord Record, AuditRecord Body)> followed)
    {
        var decision = body.Decision;
        var core = decision.Core;
        ImmutableArray<OutcomePart> outcomes =
            [.. followed.Where(entry => entry.Body.Outcome is not null)
                .Select(entry => OutcomePart.Of(entry, new Lamports(core.Tip)))];
        return new DecisionBody
        {
            Summary = DecisionLine.Of(position.Partition.Partition, record),
            Record = new RecordPart(
                position.Partition.Partition, record.Offset, record.Entry.Type, record.LeafHash,
                AuditRecords.HasItsHash(record), record.Entry.Bytes.Length,
                RecordText.Hex(body.WriterId), body.WriterSeq),
            Steps = DecisionSteps.Of(record, decision, followed),
            Cursor = Cursors.Read(decision.Cursor),
            Drain = DrainPart.Of(decision),
            Opportunity = OpportunityPart.Of(core),
            Inputs = InputPart.Of(core),
            Surroundings = core.Surroundings is null ? null : SurroundingsPart.Of(core.Surroundings),
            Limits = [.. core.Checks.Select(CheckPart.Of)],
            Choice = core.Choice is null ? null : ChoicePart.Of(core.Choice),
            Draws = draws.Items,
            DrawsProblem = draws.Problem,
            Message = core.Message.IsEmpty ? null : MessagePart.Of(core),
            Attempts = [.. followed.Where(entry => entry.Body.Attempt is not null).Select(AttemptPart.Of)],
            Outcome = outcomes.LastOrDefault(),
            Corrected = outcomes.IsEmpty ? [] : outcomes[..^1],
        };
    }

    internal sealed record RecordPart(
        int Partition, long Offset, RecordType Type, Digest LeafHash, bool LeafHashHolds, int Bytes, string Writer,
        ulong WriterSequence);

    /// <summary>A moment: when, how long after the one before, what happened.</summary>
    internal sealed record StepPart(string Name, string At, double? AfterUs, string What);

    /// <summary>The candidates of the drain by what became of them.</summary>
    internal sealed record DrainPart(
        uint Shard, long Evaluated, long Survivors, long Sized, long Opportunities,
        ImmutableArray<CandidatePart> Best)
    {
        public static DrainPart Of(Contracts.V1.Decision decision) => new(
            decision.Shard, (long)(decision.Drain?.Evaluated ?? 0), (long)(decision.Drain?.Survivors ?? 0),
            (long)(decision.Drain?.Sized ?? 0), (long)(decision.Drain?.Opportunities ?? 0),
            [.. (decision.Drain?.Best ?? []).Select(candidate => new CandidatePart(
                RecordText.Hex(candidate.CycleHash), new Lamports(candidate.Profit),
                (Domain.Opportunities.CandidateVerdict)candidate.Verdict))]);
    }

    internal sealed record CandidatePart(string Cycle, Lamports Profit, Domain.Opportunities.CandidateVerdict Verdict);

    internal sealed record OpportunityPart(
        string Id, string Cycle, ulong Slot, ulong ChainSlot, long ChainUnixTime, Lamports GrossProfit,
        Lamports ProfitBound, SizingCertificate Certificate, Lamports Value, ImmutableArray<HopPart> Hops,
        ImmutableArray<AccountPart> Accounts)
    {
        public static OpportunityPart Of(DecisionCore core) => new(
            RecordText.Hex(core.OpportunityId), RecordText.Hex(core.CycleHash), core.Slot, core.ChainSlot,
            core.ChainUnixTime, new Lamports(core.GrossProfit), new Lamports(core.ProfitBound),
            (SizingCertificate)core.Certificate, new Lamports(core.Value),
            [.. core.Hops.Select(hop => new HopPart(
                RecordText.Address(hop.Pool), (SwapDirection)hop.Direction, hop.AmountIn, hop.AmountOut))],
            [.. core.Accounts.Select(use => new AccountPart(
                RecordText.Address(use.Key), RecordText.Address(use.Owner), use.Slot, use.WriteVersion,
                RecordText.Hex(use.Hash)))]);
    }

    internal sealed record HopPart(string Pool, SwapDirection Direction, ulong AmountIn, ulong AmountOut);

    internal sealed record AccountPart(string Key, string Owner, ulong Slot, ulong WriteVersion, string Hash);

    internal sealed record InputPart(
        uint KernelVersion, string Parameters, string Policy, string Posterior, string RandomKey,
        ulong RandomSequence, uint OpenSubmissions, bool IsTaken)
    {
        public static InputPart Of(DecisionCore core) => new(
            core.KernelVersion, RecordText.Hex(core.ParametersHash), RecordText.Hex(core.PolicyHash),
            RecordText.Hex(core.PosteriorId), new RandomKey(core.RandomKey).ToString(), core.RandomSeq,
            core.OpenSubmissions, core.Taken);
    }

    /// <summary>As recorded: inputs, features, weight of chance, bonus, and of a submit what was drawn.</summary>
    internal sealed record SurroundingsPart(
        double Congestion, bool IsYoung, double SlotPosition, double PoolFraction, double MarketFraction,
        ImmutableArray<double> Features, uint SurvivalBin, double Chance, double Dual, ImmutableArray<double> Draws,
        string? Model, double ModelOffset)
    {
        public static SurroundingsPart Of(Contracts.V1.Surroundings record) => new(
            record.Congestion, record.IsYoung, record.SlotPosition, record.PoolFraction, record.MarketFraction,
            [.. record.Features], record.SurvivalBin, record.Chance, record.Dual, [.. record.Draws],
            record.ModelId.IsEmpty ? null : RecordText.Hex(record.ModelId), record.ModelOffset);
    }

    /// <summary>
    /// A rule as it was checked, of a cap with its scope and what it is about; limit and value as text, since both may
    /// be amounts.
    /// </summary>
    internal sealed record CheckPart(
        LimitRule Rule, Lamports Limit, Lamports Observed, bool Passed, CapScope? Scope, string? Subject)
    {
        public static CheckPart Of(Contracts.V1.RuleCheck check) => new(
            (LimitRule)check.Rule, new Lamports(check.Limit), new Lamports(check.Observed), check.Passed,
            check.Scope == 0 ? null : (CapScope)check.Scope,
            check.Subject.IsEmpty ? null : RecordText.Address(check.Subject));
    }

    /// <summary>What the sampler chose, and the highest scores.</summary>
    internal sealed record ChoicePart(
        int Arm, uint TipBasisPoints, double Score, bool IsRandomised, ImmutableArray<ScorePart> Best)
    {
        public static ChoicePart Of(Choice choice) => new(
            choice.Arm, choice.TipBps, choice.Score, choice.IsRandomised,
            [.. choice.Best.Select(score => new ScorePart(score.Arm, score.Score))]);
    }

    internal sealed record ScorePart(uint Arm, double Score);

    /// <summary>The message of an intent; the paper order is null when its bytes are none.</summary>
    internal sealed record MessagePart(string Hash, int Bytes, string Hex, PaperOrder? PaperOrder)
    {
        public static MessagePart Of(DecisionCore core)
        {
            PaperOrder.TryDecode(core.Message.Span, out var order);
            return new MessagePart(
                RecordText.Hex(core.MessageHash), core.Message.Length, RecordText.Hex(core.Message), order);
        }
    }

    /// <summary>A hand-over; the chain is asked by its signatures, of which paper has none.</summary>
    internal sealed record AttemptPart(
        long Offset, string SentAt, string Endpoint, string MessageHash, ImmutableArray<string> Signatures)
    {
        public static AttemptPart Of((LogRecord Record, AuditRecord Body) entry) => new(
            entry.Record.Offset, Moments.Iso(entry.Body.Attempt.SentNs), entry.Body.Attempt.Endpoint,
            RecordText.Hex(entry.Body.Attempt.MessageHash),
            [.. entry.Body.Attempt.Signatures.Where(bytes => bytes.Length == TransactionSignature.Length)
                .Select(bytes => $"{TransactionSignature.From(bytes.Span)}")]);
    }

    /// <summary>What was observed; net is realised minus tip.</summary>
    internal sealed record OutcomePart(
        long Offset, BundleOutcomeKind Kind, OutcomeCause Cause, ulong Slot, Lamports Realised, Lamports TipPaid,
        Lamports? WinnerTip, Lamports Net, ImmutableArray<TokenChange> Tokens, AttributedWinner? Winner,
        CompetitorView Competitor)
    {
        public static OutcomePart Of((LogRecord Record, AuditRecord Body) entry, Lamports tip)
        {
            var outcome = OutcomeRecords.Read(entry.Body.Outcome);
            return new OutcomePart(
                entry.Record.Offset, outcome.Kind, outcome.Cause, outcome.Slot.Value, outcome.Realised,
                outcome.TipPaid, outcome.WinnerTip, outcome.Realised - outcome.TipPaid, outcome.Tokens.Items,
                outcome.Winner, CompetitorViews.Of(outcome, tip));
        }
    }
}
