using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Conformance.Chain;

/// <summary>
/// The swap of a vector, whose arguments are compared; the vectors name no accounts, so the pool's key stands for each.
/// The other limit is the one that the vectors were made with (data set's README).
/// </summary>
internal sealed record SampleSwap(
    Pubkey Pool, ulong Amount, bool IsExactIn, bool IsAToB, UInt128 SqrtPriceLimit, bool IsToken2022)
{
    private const ulong MostOfConstantProduct = 1UL << 62;
    private const ulong MostOfBins = 4_000_000_000_000_000_000;

    private static readonly TokenAmount Nothing = new(0);

    private TokenAmount Given => new(Amount);

    public Instruction Of(string protocol) => protocol switch
    {
        "raydium-amm-v4" => IsExactIn
            ? AmmV4.ExactIn(Given, Nothing)
            : AmmV4.ExactOut(new TokenAmount(MostOfConstantProduct), Given),
        "raydium-cpmm" => IsExactIn
            ? Cpmm.ExactIn(Given, Nothing)
            : Cpmm.ExactOut(new TokenAmount(MostOfConstantProduct), Given),
        "orca-whirlpool" => IsExactIn
            ? Whirlpool.ExactIn(Given, Nothing)
            : Whirlpool.ExactOut(new TokenAmount(ulong.MaxValue), Given),
        "raydium-clmm" => IsExactIn
            ? Clmm.ExactIn(Given, Nothing)
            : Clmm.ExactOut(new TokenAmount(ulong.MaxValue), Given),
        "meteora-dlmm" => IsExactIn
            ? Dlmm.ExactIn(Given, Nothing)
            : Dlmm.ExactOut(new TokenAmount(MostOfBins), Given),
        "meteora-damm-v2" => DammV2.ExactIn(Given, Nothing),
        "orca-token-swap" => TokenSwap.ExactIn(Given, Nothing),
        _ => throw new FormatException($"no instruction of {protocol}"),
    };

    private RaydiumAmmV4SwapAccounts AmmV4 => new()
    {
        Pool = Pool,
        CoinVault = Pool,
        PcVault = Pool,
        Market = RaydiumAmmV4Market.Unused(Pool),
        User = Pool,
        UserIn = Pool,
        UserOut = Pool,
    };

    private RaydiumCpmmSwapAccounts Cpmm => new()
    {
        Pool = Pool,
        Config = Pool,
        Observation = Pool,
        VaultIn = Pool,
        VaultOut = Pool,
        MintIn = Pool,
        MintOut = Pool,
        ProgramIn = Programs.Token,
        ProgramOut = Programs.Token,
        User = Pool,
        UserIn = Pool,
        UserOut = Pool,
    };

    private WhirlpoolSwapAccounts Whirlpool => new()
    {
        Form = WhirlpoolForm.Swap,
        Pool = Pool,
        TokenA = new WhirlpoolToken(Pool, Programs.Token, Pool, Pool),
        TokenB = new WhirlpoolToken(Pool, Programs.Token, Pool, Pool),
        TickArrays = [Pool, Pool, Pool],
        Direction = IsAToB ? SwapDirection.AToB : SwapDirection.BToA,
        SqrtPriceLimit = SqrtPriceLimit,
        User = Pool,
    };

    private RaydiumClmmSwapAccounts Clmm => new()
    {
        Pool = Pool,
        Config = Pool,
        Observation = Pool,
        VaultIn = Pool,
        VaultOut = Pool,
        MintIn = Pool,
        MintOut = Pool,
        TickArrays = [Pool],
        SqrtPriceLimit = SqrtPriceLimit,
        User = Pool,
        UserIn = Pool,
        UserOut = Pool,
    };

    private MeteoraDlmmSwapAccounts Dlmm => new()
    {
        Form = IsToken2022 ? MeteoraDlmmForm.Swap2 : MeteoraDlmmForm.Swap,
        Pool = Pool,
        ReserveX = Pool,
        ReserveY = Pool,
        MintX = Pool,
        MintY = Pool,
        ProgramX = Programs.Token,
        ProgramY = Programs.Token,
        BinArrays = [Pool],
        User = Pool,
        UserIn = Pool,
        UserOut = Pool,
    };

    private MeteoraDammV2SwapAccounts DammV2 => new()
    {
        Pool = Pool,
        VaultA = Pool,
        VaultB = Pool,
        MintA = Pool,
        MintB = Pool,
        ProgramA = Programs.Token,
        ProgramB = Programs.Token,
        User = Pool,
        UserIn = Pool,
        UserOut = Pool,
    };

    private OrcaTokenSwapAccounts TokenSwap => new()
    {
        Pool = Pool,
        VaultIn = Pool,
        VaultOut = Pool,
        PoolMint = Pool,
        FeeAccount = Pool,
        User = Pool,
        UserIn = Pool,
        UserOut = Pool,
    };
}
