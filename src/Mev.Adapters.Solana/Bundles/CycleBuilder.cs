using System.Collections.Immutable;
using Mev.Adapters.Solana.Bundles.Hops;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Domain.Opportunities;

namespace Mev.Adapters.Solana.Bundles;

/// <summary>
/// Builds the transaction of an opportunity: the message of an intent wherever something is signed. All that it depends
/// on is recorded (account bytes, amounts, terms, moment, draws), so it builds the same bytes again. For one caller at
/// a time.
/// </summary>
public sealed class CycleBuilder(StrategyParameters parameters) : IBundleBuilder
{
    private readonly TokenAddresses _addresses = new();

    /// <inheritdoc/>
    public Lamports LandingFee => parameters.LandingFee;

    /// <inheritdoc/>
    public Lamports RouteFee(Route route) =>
        route == Route.Fast ? parameters.FastRouteFee : parameters.StandardRouteFee;

    /// <summary>
    /// What leaves the least profit behind, as more the message would refuse to pay, within what policy and signer
    /// allow: what the signer refuses teaches nothing, and would be decided again and again.
    /// </summary>
    public Lamports TipCap(Lamports value, DecisionInputs inputs)
    {
        var most = Min(value - inputs.Policy.MinimumProfit, inputs.Policy.TipMax);
        return inputs.Bundle?.Terms.TipBounds is { } bounds ? Min(most, bounds.Of(value)) : most;
    }

    /// <inheritdoc/>
    public BuiltBundle Build(
        Opportunity opportunity, Route route, Lamports tip, in DrawStream draws, DecisionInputs inputs)
    {
        if (inputs.Bundle is not { Moment.IsFresh: true } bundle) return Refused(DecisionReason.ChainStale);
        var (terms, moment) = (bundle.Terms, bundle.Moment);
        if (opportunity.AmountIn.Units > moment.Wrapped.Units) return Refused(DecisionReason.Unfunded);
        var reason = HopsOf(opportunity, terms, terms.PassesArraysBehind, out var hops);
        if (reason != DecisionReason.None) return Refused(reason);
        var cycle = new CycleTerms
        {
            Wallet = terms.Wallet,
            Wrapped = _addresses.Account(terms.Wallet, Mints.Wsol, Programs.Token),
            WalletBalance = moment.Balance,
            Blockhash = moment.Blockhash,
            Hops = hops,
            Tip = tip,
            TipAccount = TipAccounts.Drawn(draws),
            ProfitMin = inputs.Policy.MinimumProfit,
            UnitsMarginBasisPoints = terms.UnitsMarginBasisPoints,
            DontFront = terms.DontFront,
            Tables = terms.Tables,
        };
        var message = CycleMessage.Build(cycle, out var refusal);
        if (terms.PassesArraysBehind && refusal is CycleRefusal.TooLong or CycleRefusal.TooManyAccounts)
        {
            // What may never be needed gives way to the cycle itself.
            HopsOf(opportunity, terms, passesArraysBehind: false, out hops);
            message = CycleMessage.Build(cycle with { Hops = hops }, out refusal);
        }
        if (message is null) return Refused(ReasonOf(refusal));
        if (moment.CostLeft is { } left && tip + message.Fee > left) return Refused(DecisionReason.DayCostReached);
        return BuiltBundle.Of(MessageBytes.Write(message.Message));
    }

    private DecisionReason HopsOf(
        Opportunity opportunity, BundleTerms terms, bool passesArraysBehind, out ImmutableArray<CycleHop> hops)
    {
        hops = [];
        var found = ImmutableArray.CreateBuilder<CycleHop>(opportunity.Hops.Length);
        foreach (var hop in opportunity.Hops)
        {
            var pool = new PoolHop(opportunity, hop.Hop.Pool, hop.Hop.Direction, terms.Wallet, _addresses)
            {
                PassesArrayBehind = passesArraysBehind,
            };
            if (SwapAccounts.Of(pool) is not { } accounts) return DecisionReason.AccountMissing;
            if (!terms.Owns(accounts.UserIn) || !terms.Owns(accounts.UserOut))
                return DecisionReason.TokenAccountMissing;
            found.Add(new CycleHop(accounts, new SizedHop(hop.AmountIn, hop.AmountOut, hop.TicksCrossed)));
        }
        hops = found.MoveToImmutable();
        return DecisionReason.None;
    }

    private static Lamports Min(Lamports one, Lamports other) => one < other ? one : other;

    private static BuiltBundle Refused(DecisionReason reason) => BuiltBundle.Refused(reason);

    private static DecisionReason ReasonOf(CycleRefusal refusal) => refusal switch
    {
        CycleRefusal.TooLong or CycleRefusal.TooManyAccounts or CycleRefusal.TooManyUnits => DecisionReason.TooLarge,
        CycleRefusal.Unprofitable => DecisionReason.Unprofitable,
        CycleRefusal.Unfunded => DecisionReason.Unfunded,
        _ => DecisionReason.Unbuildable,
    };
}
