using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Domain.Limits.Caps;

namespace Mev.Journal.Audit;

/// <summary>
/// Writes what the kernel computed as the record's core (message DecisionCore). The decision hash is SHA-256 of the
/// core's bytes: 'the same decisions, hash for hash' compares these.
/// </summary>
public static class DecisionCores
{
    // Ids, hashes and numbers of a core without hops, accounts and message; then what each of those takes at most.
    private const int FixedBytesMax = 956;
    private const int HopBytesMax = 64;
    private const int AccountBytesMax = 160;
    private const int CapBytesMax = 96;
    private const int SurroundingsBytesMax = 240;

    /// <summary>Kernel version from which on a choice tells what could be chosen.</summary>
    internal const int MenuFromVersion = 2;

    /// <summary>
    /// The bytes of a decision's core. Compact ones keep no inputs: the opportunity id commits them to those.
    /// </summary>
    /// <param name="decision">The decision.</param>
    /// <param name="kernelVersion">Whose form: an older one for records of it.</param>
    public static byte[] Encode(
        Domain.Decisions.Decision decision, int kernelVersion = DecisionKernel.Version)
    {
        var writer = new ProtoWriter(new byte[LengthMax(decision)]);
        Write(decision, ref writer, kernelVersion);
        return writer.Written.ToArray();
    }

    /// <summary>SHA-256 of a recorded core's bytes.</summary>
    public static Digest HashOf(DecisionCore core) => Digest.Of(core.ToByteArray());

    internal static int LengthMax(Domain.Decisions.Decision decision) => FixedBytesMax
        + decision.Opportunity.Hops.Length * HopBytesMax
        + decision.Opportunity.Accounts.Length * AccountBytesMax
        + decision.Checks.Length * CapBytesMax
        + decision.Message.Length
        + (decision.Surroundings is null
            ? 0
            : SurroundingsBytesMax + decision.Inputs.Sampler.DrawsCount * sizeof(double));

    internal static void Write(
        Domain.Decisions.Decision decision, ref ProtoWriter core, int kernelVersion = DecisionKernel.Version)
    {
        var (opportunity, inputs) = (decision.Opportunity, decision.Inputs);
        var isCompact = decision.IsCompact;
        core.Unsigned(DecisionCore.KernelVersionFieldNumber, (ulong)kernelVersion);
        core.Digest(DecisionCore.OpportunityIdFieldNumber, opportunity.Id.Value);
        core.Digest(DecisionCore.CycleHashFieldNumber, opportunity.Cycle);
        core.Unsigned(DecisionCore.SlotFieldNumber, opportunity.Slot.Value);
        core.Signed(DecisionCore.ChainUnixTimeFieldNumber, opportunity.Clock.UnixTime);
        if (!isCompact) WriteHops(decision, ref core);
        core.Signed(DecisionCore.GrossProfitFieldNumber, opportunity.GrossProfit.Value);
        core.Signed(DecisionCore.ProfitBoundFieldNumber, opportunity.ProfitBound.Value);
        core.Unsigned(DecisionCore.CertificateFieldNumber, (ulong)opportunity.Certificate);
        if (!isCompact) WriteAccounts(decision, ref core);
        core.Signed(DecisionCore.ValueFieldNumber, decision.Value.Value);
        core.Digest(DecisionCore.ParametersHashFieldNumber, inputs.ParametersHash);
        core.Digest(DecisionCore.PolicyHashFieldNumber, inputs.PolicyHash);
        core.Digest(DecisionCore.PosteriorIdFieldNumber, inputs.Posterior.Value);
        core.Fixed(DecisionCore.RandomKeyFieldNumber, decision.Draws.Key.Value);
        core.Fixed(DecisionCore.RandomSeqFieldNumber, decision.Draws.Sequence);
        core.Unsigned(DecisionCore.ActionFieldNumber, (ulong)decision.Action);
        core.Unsigned(DecisionCore.ReasonFieldNumber, (ulong)decision.Reason);
        WriteChecks(decision, ref core);
        if (decision.Choice is { } choice) WriteChoice(decision, choice, kernelVersion, ref core);
        if (decision.Action == DecisionAction.Submit) WriteMessage(decision, ref core);
        core.Unsigned(DecisionCore.OpenSubmissionsFieldNumber, (ulong)decision.OpenSubmissions);
        core.Unsigned(DecisionCore.TakenFieldNumber, decision.IsTaken);
        core.Unsigned(DecisionCore.ChainSlotFieldNumber, opportunity.Clock.Slot.Value);
        if (!isCompact && inputs.SizingHash is { } sizing) core.Digest(DecisionCore.SizingHashFieldNumber, sizing);
        if (inputs.Bundle is { } bundle)
        {
            if (!isCompact) WriteBundle(bundle, ref core);
            else if (NamesTerms(decision, bundle)) core.Digest(DecisionCore.TermsHashFieldNumber, bundle.Terms.Hash);
        }
        core.Unsigned(DecisionCore.IsSignedFieldNumber, inputs.IsSigned);
        if (decision.Surroundings is { } surroundings) WriteSurroundings(decision, surroundings, ref core);
        if (!isCompact) core.Unsigned(DecisionCore.AtHandFieldNumber, opportunity.AtHand.Units);
    }

    /// <summary>Inputs, what the sampler made of them and, of a submit, what it drew.</summary>
    private static void WriteSurroundings(
        Domain.Decisions.Decision decision, in Domain.Learning.Surroundings surroundings, ref ProtoWriter core)
    {
        var (context, sampler) = (decision.Context!.Value, decision.Inputs.Sampler);
        Span<double> features = stackalloc double[FeatureVector.Length];
        context.Features.CopyTo(features);
        var begin = core.Begin(DecisionCore.SurroundingsFieldNumber);
        core.Double(Contracts.V1.Surroundings.CongestionFieldNumber, surroundings.Congestion);
        core.Unsigned(Contracts.V1.Surroundings.IsYoungFieldNumber, surroundings.IsYoung);
        core.Double(Contracts.V1.Surroundings.SlotPositionFieldNumber, surroundings.SlotPosition);
        core.Double(Contracts.V1.Surroundings.PoolFractionFieldNumber, surroundings.PoolFraction);
        core.Double(Contracts.V1.Surroundings.MarketFractionFieldNumber, surroundings.MarketFraction);
        core.Doubles(Contracts.V1.Surroundings.FeaturesFieldNumber, features);
        core.Unsigned(Contracts.V1.Surroundings.SurvivalBinFieldNumber, context.SurvivalBin);
        core.Double(Contracts.V1.Surroundings.ChanceFieldNumber, sampler.ChanceIn(context.Value));
        core.Double(Contracts.V1.Surroundings.DualFieldNumber, sampler.Dual);
        if (decision.Action == DecisionAction.Submit)
        {
            Span<double> draws = stackalloc double[sampler.DrawsCount];
            sampler.WriteDraws(context, decision.Draws, draws);
            core.Doubles(Contracts.V1.Surroundings.DrawsFieldNumber, draws);
        }
        if (surroundings.Model is { } model) core.Digest(Contracts.V1.Surroundings.ModelIdFieldNumber, model);
        core.Double(Contracts.V1.Surroundings.ModelOffsetFieldNumber, surroundings.Offset);
        core.End(begin);
    }

    private static void WriteBundle(BundleContext bundle, ref ProtoWriter core)
    {
        core.Digest(DecisionCore.TermsHashFieldNumber, bundle.Terms.Hash);
        var begin = core.Begin(DecisionCore.MomentFieldNumber);
        core.Digest(Contracts.V1.ChainMoment.BlockhashFieldNumber, bundle.Moment.Blockhash.Hash);
        core.Unsigned(Contracts.V1.ChainMoment.LastValidBlockHeightFieldNumber, bundle.Moment.LastValidBlockHeight);
        core.Unsigned(Contracts.V1.ChainMoment.IsFreshFieldNumber, bundle.Moment.IsFresh);
        core.Signed(Contracts.V1.ChainMoment.BalanceFieldNumber, bundle.Moment.Balance.Value);
        core.Unsigned(Contracts.V1.ChainMoment.WrappedFieldNumber, bundle.Moment.Wrapped.Units);
        core.Pubkey(Contracts.V1.ChainMoment.WalletFieldNumber, bundle.Terms.Wallet);
        if (bundle.Moment.CostLeft is { } left)
            core.Present(Contracts.V1.ChainMoment.CostLeftFieldNumber, left.Value);
        core.End(begin);
    }

    /// <summary>They bounded the choice, or a cap of their wallet was looked at.</summary>
    private static bool NamesTerms(Domain.Decisions.Decision decision, BundleContext bundle) =>
        (decision.Context is not null && bundle.Terms.TipBounds is not null)
        || decision.Checks.Any(check => check.Subject.Scope == CapScope.Wallet);

    private static void WriteHops(Domain.Decisions.Decision decision, ref ProtoWriter core)
    {
        foreach (ref readonly var hop in decision.Opportunity.Hops.AsSpan())
        {
            var begin = core.Begin(DecisionCore.HopsFieldNumber);
            core.Pubkey(HopAmounts.PoolFieldNumber, hop.Hop.Pool.Address);
            core.Unsigned(HopAmounts.DirectionFieldNumber, (ulong)hop.Hop.Direction);
            core.Unsigned(HopAmounts.AmountInFieldNumber, hop.AmountIn.Units);
            core.Unsigned(HopAmounts.AmountOutFieldNumber, hop.AmountOut.Units);
            core.End(begin);
        }
    }

    private static void WriteAccounts(Domain.Decisions.Decision decision, ref ProtoWriter core)
    {
        foreach (ref readonly var use in decision.Opportunity.Accounts.Span)
        {
            var begin = core.Begin(DecisionCore.AccountsFieldNumber);
            core.Pubkey(AccountUse.KeyFieldNumber, use.Key);
            core.Pubkey(AccountUse.OwnerFieldNumber, use.Owner);
            core.Unsigned(AccountUse.SlotFieldNumber, use.Slot.Value);
            core.Unsigned(AccountUse.WriteVersionFieldNumber, use.WriteVersion);
            core.Digest(AccountUse.HashFieldNumber, use.Hash);
            core.End(begin);
        }
    }

    private static void WriteChecks(Domain.Decisions.Decision decision, ref ProtoWriter core)
    {
        foreach (ref readonly var check in decision.Checks.AsSpan())
        {
            var begin = core.Begin(DecisionCore.ChecksFieldNumber);
            core.Unsigned(RuleCheck.RuleFieldNumber, (ulong)check.Rule);
            core.Signed(RuleCheck.LimitFieldNumber, check.Limit);
            core.Signed(RuleCheck.ObservedFieldNumber, check.Observed);
            core.Unsigned(RuleCheck.PassedFieldNumber, check.Passed);
            if (check.Subject.Scope != CapScope.Unknown)
            {
                core.Unsigned(RuleCheck.ScopeFieldNumber, (ulong)check.Subject.Scope);
                if (!check.Subject.Address.IsZero) core.Pubkey(RuleCheck.SubjectFieldNumber, check.Subject.Address);
                core.Signed(RuleCheck.UsedFieldNumber, check.Used);
            }
            core.End(begin);
        }
    }

    private static void WriteChoice(
        Domain.Decisions.Decision decision, in ArmChoice choice, int kernelVersion, ref ProtoWriter core)
    {
        var begin = core.Begin(DecisionCore.ChoiceFieldNumber);
        core.Signed(Choice.ArmFieldNumber, choice.Index);
        core.Unsigned(Choice.TipBpsFieldNumber, (ulong)choice.Arm.TipBasisPoints);
        core.Double(Choice.ScoreFieldNumber, choice.Best.Score);
        Write(choice.Best, ref core);
        Write(choice.Second, ref core);
        Write(choice.Third, ref core);
        core.Unsigned(Choice.IsRandomisedFieldNumber, choice.IsRandomised);
        if (kernelVersion >= MenuFromVersion) WriteMenu(decision.Context!.Value, choice, ref core);
        core.End(begin);
    }

    /// <summary>What could be chosen: the propensity of any arm follows from it and from the posterior.</summary>
    private static void WriteMenu(in ChoiceContext context, in ArmChoice choice, ref ProtoWriter core)
    {
        core.Unsigned(Choice.CandidatesFieldNumber, (ulong)choice.CandidatesCount);
        core.Double(Choice.ExplorationFieldNumber, choice.Exploration);
        core.Signed(Choice.TipCapFieldNumber, context.TipCap.Value);
        core.Signed(Choice.StandardCostFieldNumber, context.StandardRouteCost.Value);
        core.Signed(Choice.FastCostFieldNumber, context.FastRouteCost.Value);
    }

    private static void Write(in Domain.Learning.ArmScore score, ref ProtoWriter core)
    {
        if (score.IsNone) return;
        var begin = core.Begin(Choice.BestFieldNumber);
        core.Unsigned(Contracts.V1.ArmScore.ArmFieldNumber, (ulong)score.Arm);
        core.Double(Contracts.V1.ArmScore.ScoreFieldNumber, score.Score);
        core.End(begin);
    }

    private static void WriteMessage(Domain.Decisions.Decision decision, ref ProtoWriter core)
    {
        var choice = decision.Choice!.Value;
        core.Signed(DecisionCore.TipFieldNumber, choice.Tip.Value);
        core.Unsigned(DecisionCore.RouteFieldNumber, (ulong)choice.Arm.Route);
        core.Bytes(DecisionCore.MessageFieldNumber, decision.Message.Span);
        core.Digest(DecisionCore.MessageHashFieldNumber, Digest.Of(decision.Message.Span));
    }
}
