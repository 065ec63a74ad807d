using System.Buffers.Binary;
using CsCheck;
using Mev.Adapters.Solana.Bundles;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;

namespace Mev.Adapters.Tests.Bundles;

public sealed class CycleMessageTests
{
    private const int Tip = 50_000;
    private const int ProfitMin = 10_000;
    private const int Fee = 5_000;
    private const int Guarded = 1_000_000 + Tip + Fee + ProfitMin;

    private static readonly Pubkey Wallet = Samples.Key("wallet");
    private static readonly Pubkey TipAccount = Samples.Key("tip account");
    private static readonly Pubkey Wrapped = AssociatedToken.Address(Wallet, Mints.Wsol, Programs.Token);
    private static readonly Pubkey Usdc = AssociatedToken.Address(Wallet, Mints.Usdc, Programs.Token);

    [Fact]
    public void Hops_swap_exact_amounts_and_the_last_guards_principal_tip_fee_and_least_profit()
    {
        var built = Build(Terms());
        var instructions = Assert.NotNull(MessageInstructions.Of(built.Message, []));
        Assert.Equal(
            [Programs.ComputeBudget, Programs.RaydiumAmmV4, Programs.RaydiumAmmV4, Programs.System],
            instructions.Select(instruction => instruction.Program));
        Assert.Equal((1_000_000UL, 2_000UL), Amounts(instructions[1]));
        Assert.Equal((2_000UL, (ulong)Guarded), Amounts(instructions[2]));
        Assert.Equal((new TokenAmount(Guarded), new Lamports(Fee)), (built.GuardOut, built.Fee));
        var tip = SystemProgram.Transfer(Wallet, TipAccount, new Lamports(Tip));
        Assert.Equal(tip.Data.ToArray(), instructions[3].Data.ToArray());
        Assert.Equal([Wallet, TipAccount], instructions[3].Accounts.Select(account => account.Key));
        Assert.Equal(Wallet, built.Message.Payer);
        Assert.Equal(1, built.Message.Header.Signers);
    }

    [Fact]
    public void The_unit_limit_is_that_of_the_hops_with_a_margin_in_whole_thousands()
    {
        var use = 2 * ComputeUse.RaydiumAmmV4.Start + ComputeBudget.Units + SystemProgram.Units;
        Assert.Equal(48_300U, use);
        Assert.Equal(54_000U, Build(Terms()).UnitsLimit); // 53,130 with the margin
        Assert.Equal(49_000U, Build(Terms() with { UnitsMarginBasisPoints = 0 }).UnitsLimit);
        var limit = Assert.NotNull(MessageInstructions.Of(Build(Terms()).Message, []))[0];
        Assert.Equal(ComputeBudget.Limit(54_000).Data.ToArray(), limit.Data.ToArray());
    }

    [Fact]
    public void Outside_bundles_a_price_is_set_paid_and_guarded()
    {
        var built = Build(Terms(amountOut: 2_000_000) with { UnitPriceMicroLamports = 50_000, Tip = Lamports.Zero });
        var instructions = Assert.NotNull(MessageInstructions.Of(built.Message, []));
        Assert.Equal(ComputeBudget.Price(50_000).Data.ToArray(), instructions[1].Data.ToArray());
        Assert.Equal(TransactionFee.Of(1, built.UnitsLimit, 50_000), built.Fee);
        Assert.Equal((ulong)(1_000_000 + built.Fee.Value + ProfitMin), built.GuardOut.Units);
        Assert.DoesNotContain(instructions, instruction => instruction.Program == Programs.System);
    }

    [Fact]
    public void The_tip_account_and_the_named_key_are_never_looked_up()
    {
        var named = Samples.Key("named");
        var table = new LookupTable(
            Samples.Key("table"),
            [TipAccount, named, Wallet, Samples.Key("pool 1"), Programs.RaydiumAmmV4, Samples.Key("pool 0")]);
        var message = Build(Terms() with { DontFront = named, Tables = [table] }).Message;
        Assert.Contains(TipAccount, message.StaticKeys);
        Assert.Contains(named, message.StaticKeys);
        Assert.Equal([5, 3], Assert.Single(message.Lookups).Writable.ToArray());
        Assert.True(Assert.Single(message.Lookups).ReadOnly.IsEmpty);
        var accounts = Assert.NotNull(MessageInstructions.Accounts(message, [table]));
        Assert.False(accounts.Single(account => account.Key == named).IsWritable);
    }

    [Fact]
    public void One_lamport_below_the_guard_is_refused()
    {
        Assert.NotNull(CycleMessage.Build(Terms(amountOut: Guarded), out _));
        Refused(CycleRefusal.Unprofitable, Terms(amountOut: Guarded - 1));
    }

    [Fact]
    public void Hops_that_are_no_cycle_of_the_wallet_are_refused()
    {
        var terms = Terms();
        Refused(CycleRefusal.Hops, terms with { Hops = terms.Hops[..1] });
        var tooMany = Enumerable.Repeat(terms.Hops, 5).SelectMany(hops => hops);
        Refused(CycleRefusal.Hops, terms with { Hops = [.. tooMany] });
        Refused(CycleRefusal.NotACycle, terms with { Hops = [terms.Hops[1], terms.Hops[0]] });
        Refused(CycleRefusal.NotACycle, terms with { Hops = [terms.Hops[0], terms.Hops[0]] });
        Refused(CycleRefusal.NotACycle, terms with { Wallet = Samples.Key("other") });
        var foreign = Hop(1, Usdc, Wrapped, 2_000, Guarded, user: Samples.Key("other"));
        Refused(CycleRefusal.NotACycle, terms with { Hops = [terms.Hops[0], foreign] });
    }

    [Fact]
    public void A_hop_that_would_draw_on_inventory_is_refused()
    {
        var terms = Terms();
        Refused(CycleRefusal.DrawsOnInventory, terms with
        {
            Hops = [terms.Hops[0], Hop(1, Usdc, Wrapped, 2_001, Guarded)],
        });
    }

    [Fact]
    public void Impossible_amounts_are_refused()
    {
        Refused(CycleRefusal.Amounts, Terms() with { Tip = new Lamports(999) });
        Refused(CycleRefusal.Amounts, Terms() with { Tip = new Lamports(-1) });
        Refused(CycleRefusal.Amounts, Terms() with { ProfitMin = new Lamports(-1) });
    }

    [Fact]
    public void The_wallet_must_pay_and_stay_exempt_from_rent()
    {
        var costs = new Lamports(Fee + Tip);
        Assert.NotNull(CycleMessage.Build(Terms() with { WalletBalance = costs }, out _)); // left empty
        Refused(CycleRefusal.Unfunded, Terms() with { WalletBalance = costs - new Lamports(1) });
        Refused(CycleRefusal.Unfunded, Terms() with { WalletBalance = costs + new Lamports(1) });
        Refused(CycleRefusal.Unfunded, Terms() with { WalletBalance = costs + new Lamports(890_879) });
        Assert.NotNull(CycleMessage.Build(Terms() with { WalletBalance = costs + new Lamports(890_880) }, out _));
    }

    [Fact]
    public void What_no_transaction_can_carry_is_refused()
    {
        var arrays = Enumerable.Range(0, 12).Select(i => Samples.Key($"array {i}"));
        var wide = new MeteoraDlmmSwapAccounts
        {
            Form = MeteoraDlmmForm.Swap2,
            Pool = Samples.Key("pair"),
            ReserveX = Samples.Key("x"),
            ReserveY = Samples.Key("y"),
            MintX = Mints.Usdc,
            MintY = Mints.Wsol,
            ProgramX = Programs.Token,
            ProgramY = Programs.Token,
            BinArrays = [.. arrays],
            User = Wallet,
            UserIn = Usdc,
            UserOut = Wrapped,
        };
        var amounts = new SizedHop(new TokenAmount(2_000), new TokenAmount(Guarded), TicksCrossed: 3);
        var terms = Terms() with { Hops = [Terms().Hops[0], new CycleHop(wide, amounts)] };
        Refused(CycleRefusal.TooLong, terms);
        var table = new LookupTable(Samples.Key("table"), [.. arrays, wide.Pool, wide.ReserveX, wide.ReserveY]);
        Assert.NotNull(CycleMessage.Build(terms with { Tables = [table] }, out _));
        var crossing = new CycleHop(wide, amounts with { TicksCrossed = 300 });
        Refused(CycleRefusal.TooManyUnits, terms with { Hops = [terms.Hops[0], crossing] });
    }

    [Fact]
    public void The_same_terms_build_the_same_bytes() => Assert.Equal(
        MessageBytes.Write(Build(Terms()).Message), MessageBytes.Write(Build(Terms()).Message));

    [Fact]
    public void Whatever_the_terms_a_built_cycle_cannot_lose() => Gen.Select(
        Gen.Long[0, 2_000_000], Gen.Long[0, 200_000], Gen.ULong[0, 200_000], Gen.Long[0, 2_000_000])
        .Sample((amountOut, tip, price, profitMin) =>
        {
            var terms = Terms((ulong)amountOut) with
            {
                Tip = new Lamports(tip),
                UnitPriceMicroLamports = price,
                ProfitMin = new Lamports(profitMin),
            };
            if (CycleMessage.Build(terms, out var refusal) is not { } built)
            {
                Assert.NotEqual(CycleRefusal.None, refusal);
                return;
            }
            var instructions = Assert.NotNull(MessageInstructions.Of(built.Message, []));
            var swaps = instructions.Where(one => one.Program == Programs.RaydiumAmmV4).Select(Amounts).ToList();
            Assert.True(swaps[0].Other >= swaps[1].Amount);
            Assert.Equal(1_000_000UL + (ulong)(tip + built.Fee.Value + profitMin), swaps[1].Other);
            Assert.True(swaps[1].Other <= (ulong)amountOut);
            Assert.Equal(tip > 0, instructions[^1].Program == Programs.System);
        });

    private static CycleMessage Build(CycleTerms terms)
    {
        var built = CycleMessage.Build(terms, out var refusal);
        Assert.Equal(CycleRefusal.None, refusal);
        return built!;
    }

    private static void Refused(CycleRefusal expected, CycleTerms terms)
    {
        Assert.Null(CycleMessage.Build(terms, out var refusal));
        Assert.Equal(expected, refusal);
    }

    private static (ulong Amount, ulong Other) Amounts(Instruction swap) => (
        BinaryPrimitives.ReadUInt64LittleEndian(swap.Data.Span[1..]),
        BinaryPrimitives.ReadUInt64LittleEndian(swap.Data.Span[9..]));

    private static CycleTerms Terms(ulong amountOut = 1_200_000) => new()
    {
        Wallet = Wallet,
        WalletBalance = new Lamports(1_000_000_000),
        Blockhash = Samples.Blockhash,
        Hops = [Hop(0, Wrapped, Usdc, 1_000_000, 2_000), Hop(1, Usdc, Wrapped, 2_000, amountOut)],
        Tip = new Lamports(Tip),
        TipAccount = TipAccount,
        ProfitMin = new Lamports(ProfitMin),
    };

    private static CycleHop Hop(
        int number, Pubkey userIn, Pubkey userOut, ulong amountIn, ulong amountOut, Pubkey? user = null)
    {
        var pool = Samples.Key($"pool {number}");
        var accounts = new RaydiumAmmV4SwapAccounts
        {
            Pool = pool,
            CoinVault = Samples.Key($"coin {number}"),
            PcVault = Samples.Key($"pc {number}"),
            Market = RaydiumAmmV4Market.Unused(pool),
            User = user ?? Wallet,
            UserIn = userIn,
            UserOut = userOut,
        };
        return new CycleHop(accounts, new SizedHop(new TokenAmount(amountIn), new TokenAmount(amountOut), 0));
    }
}
