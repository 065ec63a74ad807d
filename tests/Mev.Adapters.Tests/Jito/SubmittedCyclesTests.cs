using System.Collections.Immutable;
using Mev.Adapters.Jito.Landing;
using Mev.Adapters.Solana.Bundles;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;
using Mev.Domain.Pools.MeteoraDammV2;
using Mev.Fixtures.Pools;

namespace Mev.Adapters.Tests.Jito;

/// <summary>What is told of submissions is seen, or it is nothing.</summary>
public sealed class SubmittedCyclesTests
{
    private static readonly Pubkey Wallet = Pubkey.Parse("jitodontfront111111111111111111111111111mev");
    private static readonly Slot Landed = new(7);

    private static readonly Pubkey Tokens = new TokenAddresses().Account(Wallet, Mints.Usdc, Programs.Token);

    private static readonly byte[] Tip = [2, 0, 0, 0, 100, 0, 0, 0, 0, 0, 0, 0]; // a transfer

    private readonly SubmittedCycles _cycles = new(_ => null);

    [Fact]
    public void A_landing_realised_what_payer_and_wrapped_SOL_gained_with_the_tip_added_back()
    {
        _cycles.Add(Submission(1));
        _cycles.Observe(Transaction(1));
        var realised = _cycles.RealisedAt(Id(1), Landed)!.Value;
        Assert.Equal(new Lamports(900 - 5), realised.Value);
        Assert.Equal(new TokenChanges([new TokenChange(Tokens, Mints.Usdc, 33)]), realised.Tokens);
        Assert.Null(_cycles.RealisedAt(Id(1), new Slot(8))); // another fork
        Assert.Null(_cycles.RealisedAt(Id(2), Landed));
    }

    [Fact]
    public void What_failed_realised_its_fee_and_no_tip()
    {
        _cycles.Add(Submission(1));
        _cycles.Observe(Transaction(1) with
        {
            IsFailed = true,
            Balances = [(1_000, 995), (5_000, 5_000), (0, 0)],
            Tokens = [],
        });
        Assert.Equal(new Realised(new Lamports(-5), default), _cycles.RealisedAt(Id(1), Landed));
    }

    [Fact]
    public void What_has_no_balances_realised_nothing_that_is_known()
    {
        _cycles.Add(Submission(1));
        _cycles.Observe(Transaction(1) with { Balances = [] });
        Assert.Null(_cycles.RealisedAt(Id(1), Landed));
    }

    [Theory]
    [InlineData(ulong.MaxValue, 0)]
    [InlineData(895, ulong.MaxValue)]
    public void What_has_balances_that_cannot_be_realised_nothing_that_is_known(ulong lamports, ulong tokens)
    {
        _cycles.Add(Submission(1));
        _cycles.Observe(Transaction(1) with
        {
            Balances = [(1_000, lamports), (5_000, 5_900), (0, 0)],
            Tokens = [new ObservedTokens(Tokens, Mints.Usdc, Wallet, 0, tokens)],
        });
        Assert.Null(_cycles.RealisedAt(Id(1), Landed));
    }

    [Fact]
    public void Where_a_pool_is_in_doubt_there_is_no_value()
    {
        _cycles.Add(Submission(1));
        Assert.Null(_cycles.ValueAt(Id(1), Landed));
        Assert.Null(_cycles.ValueAt(Id(2), Landed));
    }

    [Theory]
    [InlineData(6, 0, false)] // the feed is not there yet
    [InlineData(7, 0, true)]
    [InlineData(8, 0, true)]
    [InlineData(6, 1, false)]
    [InlineData(7, 1, true)] // worth more than its tip in the slot that it failed in: nothing explains that
    [InlineData(8, 1, false)] // later it says nothing: somebody may have given it back
    public void A_value_is_of_the_slot_or_of_a_later_one_in_which_the_chance_is_gone(
        int slot, long aboveTip, bool isKnown)
    {
        ImmutableArray<Pool> pools = [Pool("one"), Pool("other")];
        ImmutableArray<HopAmounts> hops =
        [
            new(new Hop(pools[0].Id, SwapDirection.AToB), new TokenAmount(1_000_000), new TokenAmount(2_000)),
            new(new Hop(pools[1].Id, SwapDirection.BToA), new TokenAmount(2_000), new TokenAmount(2_000_000)),
        ];
        var clock = new ChainClock(new Slot((ulong)slot), 1_774_720_000);
        var value = CycleValue.Of(hops, Lamports.Zero, pools, clock)!.Value;
        var cycles = new SubmittedCycles(_ => (pools, clock));
        cycles.Add(Submission(1) with { Hops = hops, Tip = value - new Lamports(aboveTip) });
        Lamports? expected = isKnown ? value : null;
        Assert.Equal(expected, cycles.ValueAt(Id(1), Landed));
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(1, 0, false)] // a unit less than the next hop puts in: it fails, whatever is left of the chance
    [InlineData(0, 1, false)] // a lamport less than its guard holds
    public void What_falls_short_of_a_least_output_leaves_the_message_its_tip_at_most(
        ulong missing, long belowGuard, bool isWorthMore)
    {
        ImmutableArray<Pool> pools = [Pool("one"), Pool("other", MeteoraDammV2Bytes.One / 4 * 3)];
        var clock = new ChainClock(Landed, 1_774_720_000);
        var amount = new TokenAmount(1_000_000);
        var yields = pools[0].QuoteExactIn(SwapDirection.AToB, amount, clock).AmountOut;
        var next = new TokenAmount(yields.Units + missing);
        ImmutableArray<HopAmounts> hops =
        [
            new(new Hop(pools[0].Id, SwapDirection.AToB), amount, next),
            new(new Hop(pools[1].Id, SwapDirection.BToA), next, amount),
        ];
        var (worth, tip) = (CycleValue.Of(hops, Lamports.Zero, pools, clock)!.Value, new Lamports(1_000));
        Assert.True(worth > new Lamports(100_000)); // to somebody else
        var cycles = new SubmittedCycles(_ => (pools, clock));
        var least = worth - tip + new Lamports(belowGuard);
        cycles.Add(Submission(1) with { Hops = hops, Tip = tip, ProfitMin = missing > 0 ? Lamports.Zero : least });
        var value = cycles.ValueAt(Id(1), Landed)!.Value;
        Assert.Equal(isWorthMore ? worth : tip, value); // more than the tip: nothing explains why it failed
    }

    /// <summary>A stranger's trade in the middle of three pools: the chance is there, and not for us.</summary>
    [Theory]
    [InlineData(0, OutcomeCause.Bug)]
    [InlineData(1, OutcomeCause.ValueGuard)]
    public void A_pool_moved_in_the_middle_explains_the_failure_of_a_message(int moved, OutcomeCause cause)
    {
        var clock = new ChainClock(Landed, 1_774_720_000);
        ImmutableArray<Pool> pools =
            [Pool("one"), Pool("middle"), Pool("last", MeteoraDammV2Bytes.One / 4 * 3)];
        SwapDirection[] ways = [SwapDirection.AToB, SwapDirection.BToA, SwapDirection.BToA];
        var amount = new TokenAmount(1_000_000);
        var hops = ImmutableArray.CreateBuilder<HopAmounts>();
        foreach (var (pool, way) in pools.Zip(ways))
        {
            var yields = pool.QuoteExactIn(way, amount, clock).AmountOut;
            hops.Add(new HopAmounts(new Hop(pool.Id, way), amount, yields));
            amount = yields;
        }
        ImmutableArray<Pool> now =
            [pools[0], Pool("middle", MeteoraDammV2Bytes.One + MeteoraDammV2Bytes.One / 1_000 * (uint)moved), pools[2]];
        var tip = new Lamports(1_000);
        var cycles = new SubmittedCycles(_ => (now, clock));
        cycles.Add(Submission(1) with { Hops = hops.ToImmutable(), Tip = tip });
        var evidence = new LandingEvidence
        {
            Kind = LandingEvidenceKind.SimulationFailed,
            AtMs = 1,
            Slot = Landed,
            Value = cycles.ValueAt(Id(1), Landed),
        };
        Assert.Equal(cause, LandingVerdict.Of([evidence], tip).Cause);
    }

    [Fact]
    public void Beyond_the_bound_the_oldest_is_forgotten_and_counted()
    {
        for (var i = 0; i <= SubmittedCycles.HeldMax; i++) _cycles.Add(Submission(i));
        _cycles.Observe(Transaction(0));
        _cycles.Observe(Transaction(1));
        Assert.Null(_cycles.RealisedAt(Id(0), Landed));
        Assert.NotNull(_cycles.RealisedAt(Id(1), Landed));
        Assert.Equal(1, Assert.Single(_cycles.Limits()).Count);
    }

    private static OpportunityId Id(int number) => new(Digest.Of(BitConverter.GetBytes(number)));

    private static MeteoraDammV2Pool Pool(string name, UInt128? sqrtPrice = null) => new MeteoraDammV2Bytes
    {
        SqrtPrice = sqrtPrice ?? MeteoraDammV2Bytes.One,
        Address = Samples.Key(name),
        Tokens = (Mints.Wsol, Mints.Usdc),
    }.Pool();

    private static byte[] Signature(int number)
    {
        var bytes = new byte[TransactionSignature.Length];
        BitConverter.TryWriteBytes(bytes, number + 1);
        return bytes;
    }

    private static BundleSubmission Submission(int number) => new()
    {
        Opportunity = Id(number),
        Message = default,
        MessageHash = default,
        Transactions = [new byte[] { 1 }.Concat(Signature(number)).Append((byte)0).ToArray()],
    };

    /// <summary>The wallet pays a fee of 5 and a tip of 100, its wrapped SOL gains 900, its USDC 33.</summary>
    private static ObservedTransaction Transaction(int number)
    {
        var wrapped = new TokenAddresses().Account(Wallet, Mints.Wsol, Programs.Token);
        return new ObservedTransaction
        {
            Signature = TransactionSignature.From(Signature(number)),
            Slot = Landed,
            Index = 0,
            IsFailed = false,
            Fee = new Lamports(5),
            ComputeUnits = null,
            Accounts = [Wallet, wrapped, Tokens],
            Writable = [Wallet, wrapped, Tokens],
            Balances = [(1_000, 895), (5_000, 5_900), (2_039_280, 2_039_280)],
            Tokens =
            [
                new ObservedTokens(wrapped, Mints.Wsol, Wallet, 5_000, 5_900),
                new ObservedTokens(Tokens, Mints.Usdc, Wallet, 7, 40),
                new ObservedTokens(Mints.Usdc, Mints.Usdc, Mints.Usdc, 7, 0), // somebody else's
            ],
            Instructions = [new ObservedInstruction(Programs.System, [Wallet, TipAccounts.All[0]], Tip, 0, 1)],
        };
    }
}
