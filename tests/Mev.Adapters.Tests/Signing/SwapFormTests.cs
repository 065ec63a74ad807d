using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Signing;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Adapters.Tests.Signing;

/// <summary>What the builder makes of a swap, the signer reads; and nothing else that the program could do.</summary>
public sealed class SwapFormTests
{
    private static readonly Pubkey User = Samples.Key("user");
    private static readonly Pubkey A = Samples.Key("user a");
    private static readonly Pubkey B = Samples.Key("user b");
    private static readonly Pubkey Pool = Samples.Key("pool");

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, All().Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_swap_that_is_built_is_read(int number)
    {
        var accounts = All()[number];
        var swap = SwapForms.Read(accounts.ExactIn(new TokenAmount(11), new TokenAmount(22)));
        var expected = new DecodedSwap(
            Pool, User, accounts.UserIn, accounts.UserOut, new TokenAmount(11), new TokenAmount(22));
        Assert.Equal(expected, swap);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Anything_else_is_not(int number)
    {
        var swap = All()[number].ExactIn(new TokenAmount(11), new TokenAmount(22));
        var data = swap.Data.ToArray();
        Assert.Null(SwapForms.Read(swap with { Program = Samples.Key("other") }));
        Assert.Null(SwapForms.Read(swap with { Data = data.AsMemory(..^2) }));
        Assert.Null(SwapForms.Read(swap with { Data = (byte[])[.. data, 9] }));
        Assert.Null(SwapForms.Read(swap with { Data = (byte[])[(byte)~data[0], .. data[1..]] }));
        Assert.Null(SwapForms.Read(swap with { Accounts = swap.Accounts[..9] }));
        Assert.Null(SwapForms.Read(swap with { Accounts = [] }));
        Assert.Null(SwapForms.Read(swap with { Data = default }));
        Assert.Null(SwapForms.Read(swap with
        {
            Accounts = [.. swap.Accounts.Select(account => account with { IsSigner = false })],
        }));
    }

    [Fact]
    public void A_price_limit_a_wanted_output_and_a_share_for_others_are_not()
    {
        var amounts = (new TokenAmount(11), new TokenAmount(22));
        Assert.Null(SwapForms.Read((Whirlpool() with { SqrtPriceLimit = 1 }).ExactIn(amounts.Item1, amounts.Item2)));
        Assert.Null(SwapForms.Read(Whirlpool().ExactOut(amounts.Item1, amounts.Item2)));
        Assert.Null(SwapForms.Read(Clmm().ExactOut(amounts.Item1, amounts.Item2)));
        Assert.Null(SwapForms.Read(Dlmm().ExactOut(amounts.Item1, amounts.Item2)));
        var host = Dlmm() with { HostFee = Samples.Key("host") };
        Assert.Null(SwapForms.Read(host.ExactIn(amounts.Item1, amounts.Item2)));
    }

    private static ISwapAccounts[] All() => [.. Ticked(), .. Raydium(), .. Others(), .. Pump()];

    private static ISwapAccounts[] Ticked() => [
        Whirlpool(),
        Whirlpool() with { Direction = SwapDirection.BToA },
        Whirlpool() with { Form = WhirlpoolForm.SwapV2 },
        Whirlpool() with { Form = WhirlpoolForm.SwapV2, Direction = SwapDirection.BToA },
        Dlmm(),
        Dlmm() with { Form = MeteoraDlmmForm.Swap2 },
        Clmm(),
    ];

    private static ISwapAccounts[] Raydium() => [
        new RaydiumAmmV4SwapAccounts
        {
            Pool = Pool,
            CoinVault = Samples.Key(1),
            PcVault = Samples.Key(2),
            Market = RaydiumAmmV4Market.Unused(Pool),
            User = User,
            UserIn = A,
            UserOut = B,
        },
        new RaydiumCpmmSwapAccounts
        {
            Pool = Pool,
            Config = Samples.Key(1),
            Observation = Samples.Key(2),
            VaultIn = Samples.Key(3),
            VaultOut = Samples.Key(4),
            MintIn = Mints.Wsol,
            MintOut = Mints.Usdc,
            ProgramIn = Programs.Token,
            ProgramOut = Programs.Token,
            User = User,
            UserIn = A,
            UserOut = B,
        },
    ];

    private static ISwapAccounts[] Others() => [
        new MeteoraDammV2SwapAccounts
        {
            Pool = Pool,
            VaultA = Samples.Key(1),
            VaultB = Samples.Key(2),
            MintA = Mints.Wsol,
            MintB = Mints.Usdc,
            ProgramA = Programs.Token,
            ProgramB = Programs.Token,
            User = User,
            UserIn = A,
            UserOut = B,
        },
        new OrcaTokenSwapAccounts
        {
            Pool = Pool,
            VaultIn = Samples.Key(1),
            VaultOut = Samples.Key(2),
            PoolMint = Samples.Key(3),
            FeeAccount = Samples.Key(4),
            User = User,
            UserIn = A,
            UserOut = B,
        },
    ];

    private static ISwapAccounts[] Pump() => [
        PumpSwap(),
        PumpSwap() with { IsVolumeCounted = true },
        PumpSwap() with { IsVolumeCounted = false, Tail = new PumpSwapTail(IsCashback: true, Samples.Key(9)) },
        PumpSwap() with { Direction = SwapDirection.AToB },
        PumpSwap() with
        {
            Direction = SwapDirection.AToB,
            Tail = new PumpSwapTail(IsCashback: true, Samples.Key(9)),
        },
    ];

    private static WhirlpoolSwapAccounts Whirlpool() => new()
    {
        Form = WhirlpoolForm.Swap,
        Pool = Pool,
        TokenA = new WhirlpoolToken(Mints.Wsol, Programs.Token, Samples.Key(1), A),
        TokenB = new WhirlpoolToken(Mints.Usdc, Programs.Token, Samples.Key(2), B),
        TickArrays = [Samples.Key(3), Samples.Key(4), Samples.Key(5)],
        Direction = SwapDirection.AToB,
        User = User,
    };

    private static RaydiumClmmSwapAccounts Clmm() => new()
    {
        Pool = Pool,
        Config = Samples.Key(1),
        Observation = Samples.Key(2),
        VaultIn = Samples.Key(3),
        VaultOut = Samples.Key(4),
        MintIn = Mints.Wsol,
        MintOut = Mints.Usdc,
        TickArrays = [Samples.Key(5)],
        User = User,
        UserIn = A,
        UserOut = B,
    };

    private static MeteoraDlmmSwapAccounts Dlmm() => new()
    {
        Form = MeteoraDlmmForm.Swap,
        Pool = Pool,
        ReserveX = Samples.Key(1),
        ReserveY = Samples.Key(2),
        MintX = Mints.Wsol,
        MintY = Mints.Usdc,
        ProgramX = Programs.Token,
        ProgramY = Programs.Token,
        BinArrays = [Samples.Key(3)],
        User = User,
        UserIn = A,
        UserOut = B,
    };

    private static PumpSwapAccounts PumpSwap() => new()
    {
        Pool = Pool,
        BaseMint = Samples.Key(1),
        QuoteMint = Mints.Wsol,
        BaseVault = Samples.Key(2),
        QuoteVault = Samples.Key(3),
        BaseProgram = Programs.Token,
        QuoteProgram = Programs.Token,
        ProtocolRecipient = Samples.Key(4),
        CoinCreator = Samples.Key(5),
        UserBase = A,
        UserQuote = B,
        Direction = SwapDirection.BToA,
        User = User,
    };
}
