namespace Mev.Adapters.Solana.Transactions;

/// <summary>
/// The first three bytes of a message: they part its static keys into writable signers, read-only signers, writable
/// and read-only accounts.
/// </summary>
/// <param name="Signers">Keys that sign; the first of them pays.</param>
/// <param name="ReadOnlySigners">How many of the signers, the last ones, are only read.</param>
/// <param name="ReadOnlyOthers">How many of the other keys, the last ones, are only read.</param>
public readonly record struct MessageHeader(byte Signers, byte ReadOnlySigners, byte ReadOnlyOthers)
{
    /// <summary>Bytes of a header.</summary>
    public const int Length = 3;

    /// <summary>There is a writable signer to pay, and no part is greater than the whole.</summary>
    public bool Fits(int staticKeys) => ReadOnlySigners < Signers && Signers + ReadOnlyOthers <= staticKeys;

    /// <summary>A static key at that place signs.</summary>
    public bool IsSigner(int place) => place < Signers;

    /// <summary>A static key at that place may change.</summary>
    public bool IsWritable(int place, int staticKeys) => IsSigner(place)
        ? place < Signers - ReadOnlySigners
        : place < staticKeys - ReadOnlyOthers;
}
