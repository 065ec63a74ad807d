using System.Buffers.Binary;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Adapters.Tests.Instructions;

/// <summary>Swap instructions equal those that landed: program, arguments, accounts in order, flags.</summary>
public sealed class SwapAccountsTests
{
    [Fact]
    public void Whirlpool_swap_is_the_recorded_one()
    {
        var recorded = CarbonInstruction.Read("orca-whirlpool", "swap");
        var isAToB = recorded.Data[^1] == 1;
        var swap = new WhirlpoolSwapAccounts
        {
            Form = WhirlpoolForm.Swap,
            User = recorded.Key(1),
            Pool = recorded.Key(2),
            TokenA = new WhirlpoolToken(default, recorded.Key(0), recorded.Key(4), recorded.Key(3)),
            TokenB = new WhirlpoolToken(default, recorded.Key(0), recorded.Key(6), recorded.Key(5)),
            TickArrays = [recorded.Key(7), recorded.Key(8), recorded.Key(9)],
            Direction = isAToB ? SwapDirection.AToB : SwapDirection.BToA,
            SqrtPriceLimit = BinaryPrimitives.ReadUInt128LittleEndian(recorded.Data.AsSpan(24)),
        };
        recorded.AssertIs(swap.ExactIn(recorded.Amount(0), recorded.Amount(1)), swap.User);
        Assert.Equal((recorded.Key(5), recorded.Key(3)), (swap.UserIn, swap.UserOut));
        var adaptive = (swap with { HasAdaptiveFee = true }).ExactIn(recorded.Amount(0), recorded.Amount(1));
        Assert.True(adaptive.Accounts[^1].IsWritable);
    }

    [Fact]
    public void Whirlpool_swap_v2_is_the_recorded_one()
    {
        var recorded = CarbonInstruction.Read("orca-whirlpool", "swap_v2");
        var swap = new WhirlpoolSwapAccounts
        {
            Form = WhirlpoolForm.SwapV2,
            User = recorded.Key(3),
            Pool = recorded.Key(4),
            TokenA = new WhirlpoolToken(recorded.Key(5), recorded.Key(0), recorded.Key(8), recorded.Key(7)),
            TokenB = new WhirlpoolToken(recorded.Key(6), recorded.Key(1), recorded.Key(10), recorded.Key(9)),
            TickArrays = [recorded.Key(11), recorded.Key(12), recorded.Key(13)],
            Direction = SwapDirection.AToB,
            SqrtPriceLimit = BinaryPrimitives.ReadUInt128LittleEndian(recorded.Data.AsSpan(24)),
        };
        recorded.AssertIs(swap.ExactIn(recorded.Amount(0), recorded.Amount(1)), swap.User);
        Assert.Equal((recorded.Key(7), recorded.Key(9)), (swap.UserIn, swap.UserOut));
    }

    [Fact]
    public void CLMM_swap_v2_is_the_recorded_one()
    {
        var recorded = CarbonInstruction.Read("raydium-clmm", "swap_v2");
        var swap = Clmm(recorded, recorded.Accounts[13..]);
        var (amount, threshold) = (recorded.Amount(0), recorded.Amount(1));
        Assert.Equal(0, recorded.Data[^1]);
        recorded.AssertIs(swap.ExactOut(threshold, amount), swap.User);
        var extended = (swap with { BitmapExtension = recorded.Key(13), TickArrays = swap.TickArrays[1..] });
        recorded.AssertIs(extended.ExactOut(threshold, amount), swap.User);
    }

    [Theory]
    [InlineData("swap", MeteoraDlmmForm.Swap, false)]
    [InlineData("swap_exact_out", MeteoraDlmmForm.Swap, true)]
    [InlineData("swap2", MeteoraDlmmForm.Swap2, false)]
    [InlineData("swap_exact_out2", MeteoraDlmmForm.Swap2, true)]
    public void DLMM_swaps_are_the_recorded_ones(string name, MeteoraDlmmForm form, bool isExactOut)
    {
        var recorded = CarbonInstruction.Read("meteora-dlmm", name);
        Pubkey? Given(int place) => recorded.Key(place) == Programs.MeteoraDlmm ? null : recorded.Key(place);
        var swap = new MeteoraDlmmSwapAccounts
        {
            Form = form,
            Pool = recorded.Key(0),
            BitmapExtension = Given(1),
            ReserveX = recorded.Key(2),
            ReserveY = recorded.Key(3),
            UserIn = recorded.Key(4),
            UserOut = recorded.Key(5),
            MintX = recorded.Key(6),
            MintY = recorded.Key(7),
            HostFee = Given(9),
            User = recorded.Key(10),
            ProgramX = recorded.Key(11),
            ProgramY = recorded.Key(12),
            BinArrays = [.. Keys(recorded.Accounts[(form == MeteoraDlmmForm.Swap ? 15 : 16)..])],
        };
        var (first, second) = (recorded.Amount(0), recorded.Amount(1));
        recorded.AssertIs(isExactOut ? swap.ExactOut(first, second) : swap.ExactIn(first, second), swap.User);
    }

    [Fact]
    public void Authorities_are_the_known_ones()
    {
        Assert.Equal("5Q544fKrFoe6tsEbD7S8EmxGTJYAKtTVhAW5Q5pge4j1", $"{RaydiumAmmV4SwapAccounts.Authority}");
        Assert.Equal("GpMZbSM2GgvTKHJirzeGfMFoaZ8UR2X7F4v8vHTvxFbL", $"{RaydiumCpmmSwapAccounts.Authority}");
        Assert.Equal("D1ZN9Wj1fRSUQfCjhvnu1hqDMT7hzjzBBpi12nVniYD6", $"{MeteoraDlmmSwapAccounts.EventAuthority}");
        Assert.Equal("HLnpSz9h2S4hiLQ43rnSD9XkcUThA7B8hQMKmDaiTLcC", $"{MeteoraDammV2SwapAccounts.Authority}");
        Assert.Equal("3rmHSu74h1ZcmAisVcWerTCiRDQbUrBKmcwptYGjHfet", $"{MeteoraDammV2SwapAccounts.EventAuthority}");
    }

    [Fact]
    public void Constant_product_swaps_pass_their_accounts_in_order()
    {
        var names = Enumerable.Range(0, 6).Select(Transactions.Samples.Key).ToArray();
        var amm = new RaydiumAmmV4SwapAccounts
        {
            Pool = names[0],
            CoinVault = names[1],
            PcVault = names[2],
            Market = RaydiumAmmV4Market.Unused(names[0]),
            UserIn = names[3],
            UserOut = names[4],
            User = names[5],
        }.ExactOut(new TokenAmount(2), new TokenAmount(1));
        Assert.Equal("0b02000000000000000100000000000000", Convert.ToHexStringLower(amm.Data.Span));
        Assert.Equal(17, amm.Accounts.Length);
        Assert.Equal([Programs.Token, RaydiumAmmV4SwapAccounts.Authority], Keys([amm.Accounts[0], amm.Accounts[2]]));
        Assert.Equal([names[1], names[2]], Keys(amm.Accounts[4..6]));
        Assert.Equal(
            [AccountReference.Writable(names[3]), AccountReference.Writable(names[4]),
                AccountReference.Signer(names[5])],
            amm.Accounts[14..]);
        Assert.Equal(10, amm.Accounts.Count(account => account.Key == names[0]));
    }

    private static RaydiumClmmSwapAccounts Clmm(CarbonInstruction recorded, AccountReference[] arrays) => new()
    {
        User = recorded.Key(0),
        Config = recorded.Key(1),
        Pool = recorded.Key(2),
        UserIn = recorded.Key(3),
        UserOut = recorded.Key(4),
        VaultIn = recorded.Key(5),
        VaultOut = recorded.Key(6),
        Observation = recorded.Key(7),
        MintIn = recorded.Key(11),
        MintOut = recorded.Key(12),
        TickArrays = [.. Keys(arrays)],
        SqrtPriceLimit = BinaryPrimitives.ReadUInt128LittleEndian(recorded.Data.AsSpan(24)),
    };

    private static IEnumerable<Pubkey> Keys(IEnumerable<AccountReference> accounts) =>
        accounts.Select(account => account.Key);
}
