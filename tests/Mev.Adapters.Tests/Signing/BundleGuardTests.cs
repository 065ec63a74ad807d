using System.Collections.Frozen;
using System.Collections.Immutable;
using CsCheck;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Signing;
using Mev.Adapters.Solana.Transactions;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Signing;

namespace Mev.Adapters.Tests.Signing;

/// <summary>What each rule refuses beyond the random bundles of <see cref="BenignPropertyTests"/>.</summary>
public sealed class BundleGuardTests
{
    private const ulong Guard =
        SignedScene.AmountIn + (ulong)(SignedScene.Fee + SignedScene.ProfitMin + SignedScene.Tip);

    private static readonly Pubkey Wallet = SignedScene.Wallets[0].Address;

    [Fact]
    public void A_cycle_of_ours_passes() => Passes(Request());

    [Fact]
    public void A_new_token_account_of_the_payer_passes_and_anybody_elses_does_not()
    {
        Passes(Changed(cycle => Make(cycle, Guard + SignedScene.Deposit)));
        var stranger = SignedScene.Strangers[0].Address;
        Refuses(GuardRule.Cyclic, Changed(cycle =>
            cycle.Insert(1, AssociatedToken.Create(Wallet, stranger, Mints.Usdc, Programs.Token))));
    }

    [Fact]
    public void What_a_new_token_account_takes_as_deposit_the_cycle_has_to_yield() =>
        Refuses(GuardRule.Cyclic, Changed(cycle => Make(cycle, Guard + SignedScene.Deposit - 1)));

    [Fact]
    public void A_token_account_that_is_not_ours_refuses_unless_the_transaction_makes_it()
    {
        var request = Request();
        var wallets = request.Wallets with { TokenAccounts = FrozenSet<Pubkey>.Empty };
        Refuses(GuardRule.Cyclic, request with { Wallets = wallets });
        Passes(Changed(cycle => Make(cycle, Guard + SignedScene.Deposit)) with { Wallets = wallets });
    }

    [Fact]
    public void Bytes_of_any_kind_are_answered_and_what_passes_harms_nobody()
    {
        var message = Request().Parts[0].Bytes.ToArray();
        var places = Gen.Int[0, message.Length - 1];
        Gen.Select(places, Gen.Byte, Gen.Int[0, message.Length]).Sample((place, value, length) =>
        {
            var changed = message.ToArray();
            changed[place] = value;
            var request = SignedScene.Request(changed);
            if (Check(request, []) is null) Assert.Null(HarmChecker.Find([(request, 1_000)]));
            Assert.Equal(length == message.Length, Check(SignedScene.Request(message[..length]), []) is null);
        });
    }

    [Fact]
    public void What_is_not_known_completely_refuses()
    {
        Refuses(GuardRule.Cyclic, Changed(cycle => cycle.Insert(1, Samples.Call(Samples.Key("program")))));
        Refuses(GuardRule.Cyclic, Changed(cycle => cycle.Add(cycle[1]))); // a swap behind the tip
        Refuses(GuardRule.Cyclic, Changed(cycle => cycle.Insert(1, ComputeBudget.Heap(32_768))));
        Refuses(GuardRule.Cyclic, Changed(cycle => cycle[1] = cycle[1] with
        {
            Data = new byte[] { 11 }.Concat(cycle[1].Data.ToArray().Skip(1)).ToArray(), // for a wanted output
        }));
        Refuses(GuardRule.Cyclic, Changed(cycle => cycle[^1] = SystemProgram.Transfer(
            Wallet, TipAccounts.All[0], new Lamports(SignedScene.Tip), Samples.Key("named"))));
    }

    [Fact]
    public void One_lamport_below_the_guard_refuses()
    {
        Passes(Changed(cycle => cycle[2] = Sale(Guard)));
        Refuses(GuardRule.Cyclic, Changed(cycle => cycle[2] = Sale(Guard - 1)));
    }

    [Fact]
    public void A_negative_least_profit_refuses()
    {
        var request = Request();
        Refuses(GuardRule.Cyclic, request with
        {
            Intent = request.Intent with { ProfitMin = new Lamports(-1) },
        });
    }

    [Fact]
    public void Amounts_that_no_sum_holds_refuse()
    {
        Refuses(GuardRule.Cyclic, Changed(cycle => cycle[1] =
            SignedScene.Swap(Wallet, SignedScene.Pools[0], isPurchase: true, ulong.MaxValue, ulong.MaxValue)));
        Refuses(GuardRule.Cyclic, Changed(cycle => cycle.Insert(0, ComputeBudget.Price(ulong.MaxValue))));
        Refuses(GuardRule.Cyclic, Changed(cycle => cycle[^1] = cycle[^1] with
        {
            Data = new byte[] { 2, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255 },
        }));
    }

    [Fact]
    public void A_tip_within_its_bounds_passes_and_beyond_them_refuses()
    {
        Passes(Tipped(1_000));
        Refuses(GuardRule.Tip, Tipped(999));
        Passes(Tipped(100_000));
        Refuses(GuardRule.Tip, Tipped(100_001));
        var request = Tipped(50_000);
        Passes(request with { Intent = request.Intent with { ProfitExpected = new Lamports(100_000) } });
        Refuses(GuardRule.Tip, request with
        {
            Intent = request.Intent with { ProfitExpected = new Lamports(99_999) },
        });
        Refuses(GuardRule.Tip, Changed(cycle => cycle.RemoveAt(3)));
        Refuses(GuardRule.Tip, Changed(cycle => cycle[^1] = SignedScene.TipOf(Wallet, to: TipAccounts.Config)));
    }

    [Fact]
    public void On_mainnet_an_engine_that_reports_other_tip_accounts_refuses()
    {
        var request = Request() with { Network = Mainnet(TipAccounts.All) };
        Passes(request);
        Refuses(GuardRule.Tip, request with { Network = Mainnet(TipAccounts.All[..7]) });
    }

    [Fact]
    public void A_tip_account_or_a_named_key_that_is_looked_up_is_seen()
    {
        var table = new LookupTable(Samples.Key("table"), [TipAccounts.All[3], SignedScene.DontFront]);
        var cycle = SignedScene.Cycle(Wallet, isXFirst: true, isNamed: true, SignedScene.Tip);
        var message = MessageBytes.Write(MessageCompiler.V0(Wallet, Samples.Blockhash, cycle, [table]));
        var request = SignedScene.Request(message) with { Tables = [table] };
        Refuses(GuardRule.Tip, request);
        Refuses(GuardRule.Shape, request with { Tables = [] });
        Refuses(GuardRule.Shape, request with { Tables = [table with { Addresses = [TipAccounts.All[3]] }] });
        Passes(request, GuardRule.Tip); // the named key counts, looked up or not
    }

    [Fact]
    public void A_lease_covers_cost_and_input_to_the_lamport()
    {
        var request = Request();
        var cost = new Lamports(SignedScene.Fee + SignedScene.Tip);
        var amountIn = new TokenAmount(SignedScene.AmountIn);
        Passes(request with { Lease = new SigningLease(cost, amountIn) });
        Refuses(GuardRule.Limits, request with { Lease = new SigningLease(cost - new Lamports(1), amountIn) });
        Refuses(GuardRule.Limits, request with
        {
            Lease = new SigningLease(cost, new TokenAmount(SignedScene.AmountIn - 1)),
        });
        Refuses(GuardRule.Limits, request with
        {
            Wallets = request.Wallets with { Balances = FrozenDictionary<Pubkey, Lamports>.Empty },
        });
    }

    [Fact]
    public void Without_a_current_permit_nothing_passes()
    {
        var request = Request();
        var stop = request.Stop;
        Refuses(GuardRule.Stop, request with { Stop = stop with { Epoch = null } });
        Refuses(GuardRule.Stop, request with { Stop = stop with { Epoch = 8 } });
        Refuses(GuardRule.Stop, request with { Stop = stop with { Permit = null } });
        Refuses(GuardRule.Stop, request with { Stop = stop with { Now = stop.Now.AddSeconds(2) } });
        Refuses(GuardRule.Stop, request with { Stop = stop with { Uptime = TimeSpan.FromSeconds(5) } });
    }

    [Fact]
    public void A_durable_nonce_refuses_even_where_nothing_else_looks_at_it()
    {
        var nonce = new DurableNonce(Samples.Key("nonce"), Wallet, Samples.Blockhash);
        var request = Changed(cycle => cycle.Insert(0, SystemProgram.AdvanceNonce(nonce)));
        Refuses(GuardRule.Cyclic, request);
        Refuses(GuardRule.Intent, request, GuardRule.Cyclic, GuardRule.Limits, GuardRule.Tip);
    }

    [Fact]
    public void A_bundle_that_no_engine_takes_has_no_shape()
    {
        var request = Request();
        Refuses(GuardRule.Shape, request with { Parts = [] });
        Refuses(GuardRule.Shape, request with { Parts = [.. Enumerable.Repeat(request.Parts[0], 6)] });
        Refuses(GuardRule.Shape, request with { Parts = [BundlePart.ToSign(new byte[] { 1, 2, 3 })] });
        Refuses(GuardRule.Shape, request with { Parts = [BundlePart.Observed(new byte[] { 1, 2, 3 })] });
        Refuses(GuardRule.Shape, request with { Parts = [BundlePart.ToSign(default)] });
        Refuses(GuardRule.Shape, Changed(cycle => cycle[0] = SignedScene.Limit(isNamed: true) with
        {
            Data = ComputeBudget.Limit(1_400_001).Data,
        }));
        Refuses(GuardRule.Shape, Changed(cycle =>
        {
            cycle[^1] = SystemProgram.Transfer(
                Wallet, TipAccounts.All[0], new Lamports(SignedScene.Tip), SignedScene.DontFront);
            cycle.RemoveAt(0); // no unit limit
        }));
    }

    [Fact]
    public void Nothing_touches_the_tip_program_its_settings_or_votes()
    {
        foreach (var key in new[] { Programs.TipPayment, TipAccounts.Config, Programs.Vote, Samples.Key("vote") })
        {
            var request = Changed(cycle => cycle[1] = cycle[1] with
            {
                Accounts = cycle[1].Accounts.SetItem(7, AccountReference.Writable(key)),
            });
            Refuses(GuardRule.Shape, request with
            {
                Network = request.Network with { VoteAccounts = new[] { Samples.Key("vote") }.ToFrozenSet() },
            });
        }
    }

    [Fact]
    public void Only_live_is_for_mainnet_and_an_unknown_chain_is_for_nobody()
    {
        var request = Request();
        Refuses(GuardRule.Network, request with { Network = request.Network with { GenesisHash = null } });
        Refuses(GuardRule.Network, request with { Network = request.Network with { GenesisHash = Genesis.Mainnet } });
        Refuses(GuardRule.Network, request with { Network = request.Network with { IsLive = true } });
        Passes(request with { Network = Mainnet(null) });
    }

    [Fact]
    public void A_foreign_transaction_waits_until_own_trades_in_its_direction_are_far()
    {
        Refuses(GuardRule.CrossBundle, Following(landedIn: 992, slotsApart: 0));
        Passes(Following(landedIn: 991, slotsApart: 0));
        Refuses(GuardRule.CrossBundle, Following(landedIn: 991, slotsApart: 9));
        Refuses(GuardRule.CrossBundle, Following(landedIn: null, slotsApart: 0));
        var opposite = Following(landedIn: 1_000, slotsApart: 0);
        Passes(opposite with
        {
            History = opposite.History with { Foreign = [SignedScene.Trade(0, isPurchase: false)] },
        });
        Refuses(GuardRule.CrossBundle, opposite with { History = opposite.History with { Foreign = [] } });
        Refuses(GuardRule.CrossBundle, opposite with
        {
            Policy = opposite.Policy with { IsForeignAllowed = false },
        });
    }

    [Fact]
    public void The_keys_that_ask_not_to_be_preceded_are_those_whose_text_says_so()
    {
        Assert.True(DontFrontKey.Is(SignedScene.DontFront));
        Assert.True(DontFrontKey.Is(Pubkey.Parse("jitodontfront111111111111111111111111111111")));
        Assert.True(DontFrontKey.Is(Pubkey.Parse("jitodontfrontzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")));
        Assert.False(DontFrontKey.Is(Pubkey.Parse("jitodontfronszzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")));
        Assert.False(DontFrontKey.Is(Pubkey.Parse("jitodontfronu111111111111111111111111111111")));
        Assert.False(DontFrontKey.Is(Programs.System));
        Assert.False(DontFrontKey.Is(Mints.Wsol));
    }

    private static SigningRequest Following(ulong? landedIn, int slotsApart)
    {
        var foreign = SignedScene.Foreign(0, pool: 0, isPurchase: true);
        var cycle = SignedScene.Cycle(Wallet, isXFirst: false, isNamed: false, SignedScene.Tip);
        var own = BundlePart.ToSign(SignedScene.Message(Wallet, cycle));
        var request = SignedScene.Request([BundlePart.Observed(foreign), own], foreign);
        Slot? slot = landedIn is { } value ? new Slot(value) : null;
        return request with
        {
            Policy = request.Policy with { SlotsApart = slotsApart },
            History = new SigningHistory
            {
                Slot = new Slot(1_000),
                Own = [new OwnTrade(SignedScene.Trade(0, isPurchase: true), slot)],
                Foreign = [SignedScene.Trade(0, isPurchase: true)],
            },
        };
    }

    private static SigningNetwork Mainnet(ImmutableArray<Pubkey>? reported) =>
        new() { IsLive = true, GenesisHash = Genesis.Mainnet, ReportedTipAccounts = reported };

    private static void Make(List<Instruction> cycle, ulong least)
    {
        cycle.Insert(1, AssociatedToken.Create(Wallet, Wallet, Mints.Usdc, Programs.Token));
        cycle[3] = Sale(least);
    }

    private static Instruction Sale(ulong least) => SignedScene.Swap(
        Wallet, SignedScene.Pools[1], isPurchase: false, SignedScene.Bought, least);

    private static SigningRequest Tipped(long tip) => SignedScene.Request(SignedScene.Message(
        Wallet, SignedScene.Cycle(Wallet, isXFirst: true, isNamed: true, tip)));

    private static SigningRequest Request() => Changed(_ => { });

    private static SigningRequest Changed(Action<List<Instruction>> change)
    {
        var cycle = SignedScene.Cycle(Wallet, isXFirst: true, isNamed: true, SignedScene.Tip).ToList();
        change(cycle);
        return SignedScene.Request(SignedScene.Message(Wallet, cycle));
    }

    private static void Passes(SigningRequest request, params GuardRule[] without) =>
        Assert.Null(Check(request, without)?.ToString());

    private static void Refuses(GuardRule rule, SigningRequest request, params GuardRule[] without) =>
        Assert.Equal(rule, Check(request, without)?.Rule);

    private static SigningRefusal? Check(SigningRequest request, GuardRule[] without) =>
        BundleGuard.Check(request, BundleGuard.Rules.Where(entry => !without.Contains(entry.Rule)), out _);
}
