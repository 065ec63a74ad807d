using System.Buffers.Binary;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Transactions;

/// <summary>
/// What an account must hold to stay: a transaction that leaves one below that, and not empty, fails.
/// </summary>
/// <param name="LamportsPerByte">For each byte of the account and of its <see cref="OverheadBytes"/>.</param>
public readonly record struct Rent(ulong LamportsPerByte)
{
    /// <summary>Bytes that every account is reckoned to take beside its data.</summary>
    public const int OverheadBytes = 128;

    private const int SysvarLength = 17;
    private const int ThresholdOffset = 8;
    private const double ThresholdMax = 100; // years; the chain has known 1 and 2

    /// <summary>The parameters of mainnet.</summary>
    public static Rent Mainnet { get; } = new(6_960);

    /// <summary>
    /// Reads the rent sysvar (lamports per byte and year u64, years as a binary64 at 8, burnt share u8); null when it
    /// is none, or the years are no whole number, so that no rounding has to be copied. Never throws.
    /// </summary>
    public static Rent? Read(ReadOnlySpan<byte> sysvar)
    {
        if (sysvar.Length != SysvarLength) return null;
        var perYear = BinaryPrimitives.ReadUInt64LittleEndian(sysvar);
        var years = BinaryPrimitives.ReadDoubleLittleEndian(sysvar[ThresholdOffset..]);
        if (!double.IsInteger(years) || years is <= 0 or > ThresholdMax) return null;
        var perByte = (UInt128)perYear * (uint)years;
        return perByte > uint.MaxValue ? null : new Rent((ulong)perByte);
    }

    /// <summary>Least balance of an account with that many bytes of data.</summary>
    /// <exception cref="OverflowException">More lamports than there can be.</exception>
    public Lamports Minimum(int dataLength) =>
        new(checked((long)(((ulong)OverheadBytes + (ulong)dataLength) * LamportsPerByte)));

    /// <summary>A plain account may be left with that balance.</summary>
    public bool Allows(Lamports balance) => balance == Lamports.Zero || balance >= Minimum(dataLength: 0);
}
