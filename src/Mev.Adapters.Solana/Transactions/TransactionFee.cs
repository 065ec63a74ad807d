using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Transactions;

/// <summary>What the payer is charged for a transaction, whether it succeeds or fails.</summary>
public static class TransactionFee
{
    private const ulong MicroLamportsPerLamport = 1_000_000;

    /// <summary>For each signature.</summary>
    public static Lamports PerSignature { get; } = new(5_000);

    /// <summary>
    /// Signatures, and the compute-unit limit (not the units used) times its price in micro-lamports, rounded up.
    /// </summary>
    /// <exception cref="OverflowException">More lamports than there can be.</exception>
    public static Lamports Of(int signatures, uint unitsLimit, ulong microLamportsPerUnit)
    {
        var micro = (UInt128)unitsLimit * microLamportsPerUnit;
        var priority = (micro + MicroLamportsPerLamport - 1) / MicroLamportsPerLamport;
        return new Lamports(checked(signatures * PerSignature.Value + (long)priority));
    }
}
