using System.Collections.Immutable;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Signing;

/// <summary>
/// The swaps that an own transaction may hold: those that the builder makes, by the accounts and data of
/// <see cref="Instructions"/>, without a price limit (a hop takes all or fails) and without anybody who takes a share.
/// </summary>
internal static class SwapForms
{
    private const int AccountsMax = TransactionLimits.AccountsMax;

    private static readonly ImmutableArray<byte> NoLimit = [.. new byte[16]];
    private static readonly ImmutableArray<byte> NoSlices = [0, 0, 0, 0];

    private static readonly SwapForm WhirlpoolSwap = new()
    {
        Program = Programs.Whirlpool,
        Name = Named("swap"),
        Rest = [.. NoLimit, 1, 1], // exactly in, A to B
        AccountsMin = 11,
        AccountsMax = 11,
        User = 1,
        Pool = 2,
        UserIn = 3,
        UserOut = 5,
        Vaults = (4, 6),
        Parts = 7..10,
    };

    private static readonly SwapForm WhirlpoolSwapV2 = new()
    {
        Program = Programs.Whirlpool,
        Name = Named("swap_v2"),
        Rest = [.. NoLimit, 1, 1, 0], // and no further accounts
        AccountsMin = 15,
        AccountsMax = 15,
        User = 3,
        Pool = 4,
        UserIn = 7,
        UserOut = 9,
        Vaults = (8, 10),
        Parts = 11..14,
        Fixed = [(2, Programs.Memo)],
    };

    private static readonly SwapForm Dlmm = new()
    {
        Program = Programs.MeteoraDlmm,
        Name = Named("swap"),
        AccountsMin = 16,
        AccountsMax = AccountsMax,
        Pool = 0,
        UserIn = 4,
        UserOut = 5,
        User = 10,
        Vaults = (2, 3),
        Parts = 15..,
        Fixed = [
            (9, Programs.MeteoraDlmm), (13, MeteoraDlmmSwapAccounts.EventAuthority), (14, Programs.MeteoraDlmm)],
    };

    private static readonly SwapForm PumpSwapBuy = new()
    {
        Program = Programs.PumpSwap,
        Name = Named("buy_exact_quote_in"),
        AccountsMin = 23,
        AccountsMax = 27,
        Pool = 0,
        User = 1,
        UserIn = 6,
        UserOut = 5,
        Vaults = (7, 8),
        Fixed = [(13, Programs.System), (14, Programs.AssociatedToken), (16, Programs.PumpSwap)],
    };

    private static readonly ImmutableArray<SwapForm> All = [
        WhirlpoolSwap,
        WhirlpoolSwap with { Rest = [.. NoLimit, 1, 0], UserIn = 5, UserOut = 3 },
        WhirlpoolSwapV2,
        WhirlpoolSwapV2 with { Rest = [.. NoLimit, 1, 0, 0], UserIn = 9, UserOut = 7 },
        Dlmm,
        Dlmm with
        {
            Name = Named("swap2"),
            Rest = NoSlices,
            AccountsMin = 17,
            Parts = 16..,
            Fixed = [
                (9, Programs.MeteoraDlmm), (13, Programs.Memo), (14, MeteoraDlmmSwapAccounts.EventAuthority),
                (15, Programs.MeteoraDlmm)],
        },
        PumpSwapBuy,
        PumpSwapBuy with { Rest = [0] },
        PumpSwapBuy with { Rest = [1] },
        PumpSwapBuy with
        {
            Name = Named("sell"),
            AccountsMin = 21,
            AccountsMax = 26,
            UserIn = 5,
            UserOut = 6,
        },
        new SwapForm
        {
            Program = Programs.RaydiumAmmV4,
            Name = [9],
            AccountsMin = 17,
            AccountsMax = 17,
            Pool = 1,
            UserIn = 14,
            UserOut = 15,
            User = 16,
            Vaults = (4, 5),
            Authority = 2,
            Fixed = [(0, Programs.Token), (2, RaydiumAmmV4SwapAccounts.Authority)],
        },
        new SwapForm
        {
            Program = Programs.RaydiumCpmm,
            Name = Named("swap_base_input"),
            AccountsMin = 13,
            AccountsMax = 13,
            User = 0,
            Pool = 3,
            UserIn = 4,
            UserOut = 5,
            Vaults = (6, 7),
            AreVaultsInOut = true,
            Authority = 1,
            Fixed = [(1, RaydiumCpmmSwapAccounts.Authority)],
        },
        new SwapForm
        {
            Program = Programs.RaydiumClmm,
            Name = Named("swap_v2"),
            Rest = [.. NoLimit, 1],
            AccountsMin = 14,
            AccountsMax = AccountsMax,
            User = 0,
            Pool = 2,
            UserIn = 3,
            UserOut = 4,
            Vaults = (5, 6),
            AreVaultsInOut = true,
            Parts = 13..,
            Fixed = [(8, Programs.Token), (9, Programs.Token2022), (10, Programs.Memo)],
        },
        new SwapForm
        {
            Program = Programs.MeteoraDammV2,
            Name = Named("swap"),
            AccountsMin = 14,
            AccountsMax = 14,
            Pool = 1,
            UserIn = 2,
            UserOut = 3,
            User = 8,
            Vaults = (4, 5),
            Authority = 0,
            Fixed = [
                (0, MeteoraDammV2SwapAccounts.Authority), (11, Programs.MeteoraDammV2),
                (12, MeteoraDammV2SwapAccounts.EventAuthority), (13, Programs.MeteoraDammV2)],
        },
        new SwapForm
        {
            Program = Programs.OrcaTokenSwap,
            Name = [1],
            AccountsMin = 10,
            AccountsMax = 10,
            Pool = 0,
            User = 2,
            UserIn = 3,
            UserOut = 6,
            Vaults = (4, 5),
            AreVaultsInOut = true,
            Authority = 1,
            Fixed = [(9, Programs.Token)],
        },
    ];

    /// <summary>The swap; none when the instruction is none of these.</summary>
    public static DecodedSwap? Read(Instruction instruction) => Find(instruction)?.Swap;

    /// <summary>The swap with its form, which says where its other accounts stand; none as above.</summary>
    public static (DecodedSwap Swap, SwapForm Form)? Find(Instruction instruction)
    {
        foreach (var form in All)
            if (form.Read(instruction) is { } swap) return (swap, form);
        return null;
    }

    private static ImmutableArray<byte> Named(string name) => [.. InstructionBytes.Discriminator(name)];
}
