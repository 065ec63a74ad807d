using Mev.Adapters.Solana.Bundles;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;
using Mev.Domain.Pools.MeteoraDammV2;
using Mev.Fixtures.Pools;

namespace Mev.Adapters.Tests.Bundles;

/// <summary>A cycle over two DAMM v2 pools of WSOL and USDC.</summary>
public sealed class CycleBuilderTests : BundleBuilderContract
{
    private static readonly Pubkey Wallet = Samples.Key("wallet");

    [Fact]
    public void Each_missing_input_is_a_refusal_of_its_own()
    {
        Refused(DecisionReason.ChainStale, terms: null, Moment());
        Refused(DecisionReason.ChainStale, Terms(Mints.Wsol, Mints.Usdc), Moment() with { IsFresh = false });
        Refused(DecisionReason.TokenAccountMissing, Terms(Mints.Wsol), Moment());
        Refused(
            DecisionReason.Unfunded, Terms(Mints.Wsol, Mints.Usdc), Moment() with { Wrapped = new TokenAmount(999) });
        Refused(DecisionReason.Unfunded, Terms(Mints.Wsol, Mints.Usdc), Moment() with { Balance = new Lamports(9) });
        Refused(
            DecisionReason.DayCostReached, Terms(Mints.Wsol, Mints.Usdc),
            Moment() with { CostLeft = new Lamports(5_000) }); // the fee, and nothing for a tip
    }

    [Fact]
    public void No_tip_is_decided_that_the_signer_would_refuse()
    {
        Assert.Equal(new Lamports(2_000_000), Cap(20_000_000, new TipBounds(new Lamports(2_000_000), 9_500)));
        Assert.Equal(new Lamports(19_000_000), Cap(20_000_000, new TipBounds(new Lamports(long.MaxValue), 9_500)));
        var leavesLeastProfit = new Lamports(20_000_000) - Policy.MinimumProfit;
        Assert.Equal(leavesLeastProfit, Cap(20_000_000, new TipBounds(new Lamports(long.MaxValue), 10_000)));
        Assert.Equal(leavesLeastProfit, Cap(20_000_000, bounds: null)); // of old records
    }

    [Fact]
    public void Where_a_message_would_be_too_long_it_leaves_out_the_arrays_behind()
    {
        var keys = LongCycle.Passed(Wallet);
        byte[] Message(int addresses, bool passesArraysBehind) => Builder().Build(
            LongCycle.Chance(), Route.Standard, new Lamports(50_000), new DrawStream(RandomKey.Of("arb-1", 1), 7),
            Inputs(
                LongCycle.Terms(Wallet, keys.AsSpan(0, addresses), passesArraysBehind), Moment())).Message.ToArray();

        Assert.True(Message(keys.Length, true).Length > Message(keys.Length, false).Length);
        var least = 0; // addresses in the table with which the cycle itself just fits
        while (Message(least, false).Length == 0) least++;
        Assert.True(least > 1, "it fits without a table");
        Assert.Equal(Message(least, false), Message(least, true));
    }

    protected override IBundleBuilder Builder() => new CycleBuilder(Parameters);

    protected override DecisionInputs Inputs() => Inputs(Terms(Mints.Wsol, Mints.Usdc), Moment());

    protected override Opportunity Chance()
    {
        Pool[] pools = [Pool("one"), Pool("other")];
        return new Opportunity
        {
            Id = new OpportunityId(Digest.Of("chance"u8)),
            Cycle = Digest.Of("cycle"u8),
            Hops =
            [
                new HopAmounts(
                    new Hop(pools[0].Id, SwapDirection.AToB), new TokenAmount(1_000_000), new TokenAmount(2_000)),
                new HopAmounts(
                    new Hop(pools[1].Id, SwapDirection.BToA), new TokenAmount(2_000), new TokenAmount(2_000_000)),
            ],
            BaseMint = Mints.Wsol,
            GrossProfit = new Lamports(1_000_000),
            ProfitBound = new Lamports(1_000_000),
            Certificate = SizingCertificate.Bound,
            Clock = default,
            Accounts = pools.Select(pool => pool.Accounts[0]).Select(account => new AccountUse(
                account.Key, account.Owner, account.Slot, account.WriteVersion, account.Hash,
                account.Data.ToArray())).ToArray(),
            Shard = 0,
            ReceivedNs = 0,
            EvaluatedNs = 0,
            Slot = default,
        };
    }

    private Lamports Cap(long value, TipBounds? bounds) => Builder().TipCap(
        new Lamports(value), Inputs(Terms(bounds, Mints.Wsol, Mints.Usdc), Moment()));

    private void Refused(DecisionReason reason, BundleTerms? terms, ChainMoment moment) =>
        Assert.Equal(reason, Build(Builder(), Inputs(terms, moment)).Refusal);

    private static DecisionInputs Inputs(BundleTerms? terms, ChainMoment moment) => new(
        Parameters, Policy, Samplers.Prior(Parameters.Sampler), sizing: null,
        terms is null ? null : new BundleContext(terms, moment));

    private static ChainMoment Moment() => new()
    {
        Blockhash = Samples.Blockhash,
        LastValidBlockHeight = 150,
        IsFresh = true,
        Balance = new Lamports(1_000_000_000),
        Wrapped = new TokenAmount(1_000_000),
    };

    private static BundleTerms Terms(params Pubkey[] mints) => Terms(bounds: null, mints);

    private static BundleTerms Terms(TipBounds? bounds, params Pubkey[] mints) => new()
    {
        Wallet = Wallet,
        DontFront = Pubkey.Parse("jitodontfront111111111111111111111111111111"),
        UnitsMarginBasisPoints = 1_000,
        TipBounds = bounds,
        TokenAccounts =
            [.. mints.Select(mint => AssociatedToken.Address(Wallet, mint, Programs.Token)).Order()],
        Tables = [],
    };

    private static MeteoraDammV2Pool Pool(string name) => new MeteoraDammV2Bytes
    {
        Address = Samples.Key(name),
        Tokens = (Mints.Wsol, Mints.Usdc),
    }.Pool();
}
