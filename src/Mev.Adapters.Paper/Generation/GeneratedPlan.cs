using Mev.Domain.Chain;

namespace Mev.Adapters.Paper.Generation;

/// <summary>What a pool of the generated market is to be, before its accounts are built.</summary>
/// <param name="Number">Its number, from 0.</param>
/// <param name="Seed">The market's seed.</param>
/// <param name="A">The mint with the smaller address; of PumpSwap the base.</param>
/// <param name="B">The other mint.</param>
/// <param name="DepthA">Reserve of A, or the virtual one of a Whirlpool.</param>
/// <param name="DepthB">The same of B; with <paramref name="DepthA"/> it makes the first price.</param>
/// <param name="FairRate">Units of B for a unit of A to which orders lead the price back.</param>
/// <param name="FeeChoice">Which of the fees of its kind it has, 0 to 1.</param>
internal readonly record struct GeneratedPlan(
    int Number, ulong Seed, GeneratedMint A, GeneratedMint B, ulong DepthA, ulong DepthB, double FairRate,
    double FeeChoice)
{
    /// <summary>Address of the first mint.</summary>
    public Pubkey MintA => A.Key;

    /// <summary>Address of the other one.</summary>
    public Pubkey MintB => B.Key;

    /// <summary>Square root of the first price, units of B for a unit of A.</summary>
    public double RootPrice => Math.Sqrt((double)DepthB / DepthA);

    /// <summary>A number as Q64.64, as the programs have square roots of prices.</summary>
    public static UInt128 Q64(double value) => (UInt128)(value * 18446744073709551616.0); // 2^64

    /// <summary>The same pool with its mints in the other order: for a program that has an order of its own.</summary>
    public GeneratedPlan Turned => this with
    {
        A = B,
        B = A,
        DepthA = DepthB,
        DepthB = DepthA,
        FairRate = 1 / FairRate,
    };

    /// <summary>One of its mints is of Token-2022.</summary>
    public bool HasToken2022 => A.IsToken2022 || B.IsToken2022;

    /// <summary>Accounts of its mints of Token-2022, which a pool of it reads.</summary>
    public GeneratedAccount[] Token2022()
    {
        GeneratedMint[] mints = [A, B];
        return [.. mints.Where(mint => mint.IsToken2022).Select(mint => MintAccounts.Build(mint))];
    }

    /// <summary>Address of one of its accounts.</summary>
    public Pubkey Address(string role) => GeneratedAddress.Of(Seed, role, Number);
}
