using System.Collections.Immutable;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Domain.Limits;
using Mev.Domain.Limits.Caps;
using Mev.Domain.Opportunities;
using Mev.Domain.Tests.Decisions;

namespace Mev.Domain.Tests.Limits.Caps;

/// <summary>Each scope and rule binds at its number, and the refusal names both.</summary>
public sealed class CapKernelTests
{
    private const ulong AmountIn = 1_000;
    private const ulong TokenIn = 500; // what the second hop of the chance puts in of its mint

    private static readonly StrategyParameters Parameters = new() { Id = "arb-1" };
    private static readonly Pubkey Wallet =
        Pubkey.Parse("Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB");
    private static readonly Opportunity Chance = WithMints(Chances.Of(5_000_000, AmountIn));
    private static readonly Pubkey Pool = Chance.Hops[1].Hop.Pool.Address;
    private static readonly long Today = StrategyUse.DayOf(Chance.Clock.UnixTime);

    private static readonly CapScope[] Scopes = [CapScope.Strategy, CapScope.Wallet, CapScope.Pool, CapScope.Token];

    public static TheoryData<CapScope, LimitRule> All
    {
        get
        {
            var data = new TheoryData<CapScope, LimitRule>();
            foreach (var scope in Scopes)
            {
                data.Add(scope, LimitRule.AmountIn);
                data.Add(scope, LimitRule.OpenSubmissions);
                data.Add(scope, LimitRule.DayAmountIn);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_cap_binds_at_its_number_and_the_refusal_names_it(CapScope scope, LimitRule rule)
    {
        var own = rule == LimitRule.OpenSubmissions ? 1 : scope == CapScope.Token ? TokenIn : AmountIn;
        var used = rule == LimitRule.AmountIn ? 0UL : 7;
        var use = rule == LimitRule.DayAmountIn ? new SubjectUse(0, 7) : new SubjectUse(7, 0);

        var kept = Decide(new Cap(scope, Name(scope), rule, used + own), use);
        var refused = Decide(new Cap(scope, Name(scope), rule, used + own - 1), use);

        Assert.Equal(DecisionAction.Submit, kept.Action);
        Assert.Equal((DecisionAction.Block, Reason(scope)), (refused.Action, refused.Reason));
        var check = refused.Checks[^1];
        Assert.Equal(
            new RuleCheck(rule, (long)(used + own) - 1, (long)(used + own), false, Subject(scope), (long)used), check);
        Assert.Equal(check with { Limit = check.Limit + 1, Passed = true }, kept.Checks[^1]);
        Assert.Null(refused.Choice);
        Assert.True(refused.Message.IsEmpty);
    }

    [Theory]
    [InlineData(CapScope.Strategy, "arb-2")]
    [InlineData(CapScope.Wallet, "So11111111111111111111111111111111111111112")]
    [InlineData(CapScope.Pool, "So11111111111111111111111111111111111111112")]
    [InlineData(CapScope.Token, "Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB")]
    public void Anothers_cap_is_not_looked_at(CapScope scope, string subject)
    {
        var decision = Decide(new Cap(scope, subject, LimitRule.AmountIn, 0), default);
        Assert.Equal(DecisionAction.Submit, decision.Action);
        Assert.DoesNotContain(decision.Checks, check => check.Subject != default);
    }

    [Theory]
    [InlineData(CapScope.Strategy, false)]
    [InlineData(CapScope.Wallet, true)]
    [InlineData(CapScope.Pool, true)]
    [InlineData(CapScope.Token, true)]
    public void What_other_strategies_use_counts_but_for_the_strategys_own_cap(CapScope scope, bool counts)
    {
        var other = Used(Subject(scope), new SubjectUse(0, 7));
        var inputs = Inputs(new Cap(scope, Name(scope), LimitRule.DayAmountIn, AmountIn));
        var decision = Decide(inputs, new CapUse(StrategyUse.Empty, [StrategyUse.Empty, other]));
        Assert.Equal(counts && scope != CapScope.Token, decision.Action == DecisionAction.Block);
        Assert.Equal(counts ? 7 : 0, decision.Checks[^1].Used);
    }

    [Fact]
    public void A_day_that_is_over_leaves_nothing_but_what_is_open()
    {
        var subject = Subject(CapScope.Pool);
        var (yesterday, today) = (After(hours: 0), After(hours: 24));
        var use = StrategyUse.Empty.Opened([new CapShare(subject, 5)], yesterday);
        Assert.Equal(new SubjectUse(1, 5), use.Of(subject, yesterday));
        Assert.Equal(new SubjectUse(1, 0), use.Of(subject, today));
        var next = use.Opened([new CapShare(subject, 3)], today).Opened([new CapShare(subject, 1)], yesterday);
        Assert.Equal(new SubjectUse(3, 4), next.Of(subject, today)); // the chain's time may step back
        var closed = next.Closed([subject]).Closed([subject]).Closed([subject]);
        Assert.Equal(new SubjectUse(0, 4), closed.Of(subject, today));
        var later = closed.Opened([new CapShare(Subject(CapScope.Wallet), 0)], After(hours: 48));
        Assert.DoesNotContain(subject, later.Subjects.Keys);
        Assert.Equal(0UL, next.Of(subject, After(hours: 24 * 40)).DayIn); // slots went by: it was idle
    }

    /// <summary>
    /// One decision with a time that the slots since leave no room for: it may neither begin a day whose sums are
    /// empty, nor one that ordinary times never reach again.
    /// </summary>
    [Theory]
    [InlineData(24 * 400, 1)] // far ahead
    [InlineData(26, 1)]
    [InlineData(-24 * 400, 1)] // and back: what comes after it is far ahead
    [InlineData(1, 1 << 30)] // a slot that is far ahead: what comes after it has no slots
    [InlineData(1, -100_000)]
    public void A_time_that_cannot_be_opens_no_cap_and_closes_none_beyond_the_next_day(int hours, int slots)
    {
        var subject = Subject(CapScope.Pool);
        var now = After(hours: 0);
        var false_ = new ChainClock(
            new Slot((ulong)((long)now.Slot.Value + slots)), now.UnixTime + 3_600L * hours);
        var use = StrategyUse.Empty.Opened([new CapShare(subject, 5)], now);

        Assert.Equal(5UL, use.Of(subject, false_).DayIn);
        var submitted = use.Opened([new CapShare(subject, 2)], false_);
        foreach (var (after, sum) in new[] { (use.At(false_), 5UL), (submitted, 7UL) })
        {
            Assert.Equal(sum, after.Of(subject, After(hours: 2)).DayIn);
            var later = after.At(After(hours: 2)); // of any decision, since at a full cap there is no submit
            Assert.Equal(sum, later.Of(subject, After(hours: 3)).DayIn);
            later = later.At(After(hours: 24)); // the day after, at the latest the one after that
            Assert.Equal(0UL, later.Of(subject, After(hours: 48)).DayIn);
            if (hours != 26) Assert.Equal(0UL, later.Of(subject, After(hours: 24)).DayIn);
        }
    }

    [Fact]
    public void A_full_cap_of_a_day_stays_full_at_a_time_that_cannot_be()
    {
        var inputs = Inputs(new Cap(CapScope.Pool, $"{Pool}", LimitRule.DayAmountIn, AmountIn));
        var used = StrategyUse.Empty.Opened([new CapShare(Subject(CapScope.Pool), 1)], Chance.Clock);
        var clock = Chance.Clock;
        foreach (var (seconds, slots, action) in new[]
            {
                (400L * 86_400, 1, DecisionAction.Block), (400L * 86_400, 400 * 216_000, DecisionAction.Submit),
                (86_400, 1, DecisionAction.Block), (86_400, 216_000, DecisionAction.Submit),
            })
        {
            var chance = Chance with { Clock = new ChainClock(clock.Slot.Plus(slots), clock.UnixTime + seconds) };
            Assert.Equal(action, Decide(inputs, new CapUse(used, []), chance).Action);
            Assert.Equal(action, Decide(inputs, new CapUse(StrategyUse.Empty, [used]), chance).Action);
        }
    }

    /// <summary>A batch reckons its own submits in.</summary>
    [Fact]
    public void A_submit_counts_for_the_next_decision()
    {
        var inputs = Inputs(new Cap(CapScope.Pool, $"{Pool}", LimitRule.DayAmountIn, 2 * AmountIn));
        var use = CapUse.None;
        for (var i = 0; i < 2; i++)
        {
            var decision = Decide(inputs, use);
            Assert.Equal(DecisionAction.Submit, decision.Action);
            use = use.With(decision.Checks.AsSpan(), Chance.Clock);
        }
        Assert.Equal(DecisionReason.PoolCapReached, Decide(inputs, use).Reason);
    }

    [Fact]
    public void What_keeps_no_hops_tells_no_check_of_them()
    {
        Cap[] caps =
        [
            new(CapScope.Strategy, "arb-1", LimitRule.AmountIn, AmountIn),
            new(CapScope.Pool, $"{Pool}", LimitRule.AmountIn, AmountIn),
        ];
        var taken = Decide(Inputs(caps), CapUse.None, isTaken: true);
        Assert.Equal((DecisionReason.Taken, true), (taken.Reason, taken.IsCompact));
        var kept = Assert.Single(taken.Checks, check => check.Subject != default);
        Assert.Equal(Subject(CapScope.Strategy), kept.Subject);
        Assert.Equal(2, Decide(Inputs(caps), CapUse.None).Checks.Count(check => check.Subject != default));
    }

    /// <summary>At such a cap every chance is a block.</summary>
    [Fact]
    public void While_conflating_a_block_at_a_cap_of_strategy_or_wallet_is_compact()
    {
        var waited = Chance with { Waited = new Wait(0, 8) };
        foreach (var scope in Scopes)
        {
            var decision = Decide(Inputs(new Cap(scope, Name(scope), LimitRule.AmountIn, 0)), CapUse.None, waited);
            Assert.Equal(scope is CapScope.Strategy or CapScope.Wallet, decision.IsCompact);
            Assert.Equal(Subject(scope), decision.Checks[^1].Subject);
        }
    }

    [Fact]
    public void Looking_at_caps_allocates_the_checks_that_are_recorded_and_nothing_else()
    {
        var last = new Cap(CapScope.Token, $"{Mints.Usdc}", LimitRule.OpenSubmissions, 0);
        var one = Inputs(last);
        var many = Inputs(
        [
            last,
            .. Enumerable.Range(1, 200).Select(number => new Cap(
                CapScope.Pool, $"{new Pubkey(Digest.Of([(byte)number]).ToArray())}", LimitRule.DayAmountIn, 1)),
        ]);
        Assert.Equal(Allocated(one), Allocated(many));
    }

    private static long Allocated(DecisionInputs inputs)
    {
        var builder = new PaperOrderBuilder(Parameters);
        long before = 0;
        for (var i = 0; i < 3; i++) // the first compiles
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            var decision = DecisionKernel.Decide(Chance, inputs, builder, 0, isTaken: false, use: CapUse.None);
            before = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Equal(DecisionReason.TokenCapReached, decision.Reason);
        }
        return before;
    }

    private static Decision Decide(Cap cap, SubjectUse use)
    {
        var inputs = Inputs(cap);
        var subject = Subject(cap.Scope);
        return DecisionKernel.Decide(
            Chance, inputs, new PaperOrderBuilder(Parameters), use.Open, isTaken: false,
            use: new CapUse(Used(subject, use), []));
    }

    private static Decision Decide(
        DecisionInputs inputs, CapUse use, Opportunity? chance = null, bool isTaken = false) =>
        DecisionKernel.Decide(
            chance ?? Chance, inputs, new PaperOrderBuilder(Parameters), 0, isTaken, use: use);

    private static DecisionInputs Inputs(params Cap[] caps)
    {
        var policy = new Policy { Caps = [.. caps.Order()] };
        Assert.Null(policy.Refusal());
        return new DecisionInputs(
            Parameters, policy, Samplers.Prior(SamplerKind.BetaThompson),
            caps: CapsInForce.Of(policy, Parameters.Id, Wallet));
    }

    private static StrategyUse Used(CapSubject subject, SubjectUse use) => new()
    {
        Day = Today,
        Subjects = ImmutableDictionary<CapSubject, SubjectUse>.Empty.Add(subject, use),
    };

    /// <summary>A slot takes 0.4 s.</summary>
    private static ChainClock After(int hours) => new(
        new Slot(300_000_000UL + 9_000UL * (ulong)hours), Today * 86_400 + 3_600L * hours + 60);

    private static string Name(CapScope scope) => scope == CapScope.Strategy ? "arb-1" : $"{Subject(scope).Address}";

    private static CapSubject Subject(CapScope scope) => new(scope, scope switch
    {
        CapScope.Wallet => Wallet,
        CapScope.Pool => Pool,
        CapScope.Token => Mints.Usdc,
        _ => default,
    });

    private static DecisionReason Reason(CapScope scope) => scope switch
    {
        CapScope.Strategy => DecisionReason.StrategyCapReached,
        CapScope.Wallet => DecisionReason.WalletCapReached,
        CapScope.Pool => DecisionReason.PoolCapReached,
        _ => DecisionReason.TokenCapReached,
    };

    private static Opportunity WithMints(Opportunity chance) => chance with
    {
        Hops = [chance.Hops[0] with { MintIn = Mints.Wsol }, chance.Hops[1] with { MintIn = Mints.Usdc }],
    };
}
