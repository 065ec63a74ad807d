using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Transactions;

/// <summary>An account that an instruction passes to its program, with what the program may do with it.</summary>
/// <param name="Key">The account.</param>
/// <param name="IsSigner">Its key has to sign the transaction.</param>
/// <param name="IsWritable">The program may change it, so it is locked for writing.</param>
public readonly record struct AccountReference(Pubkey Key, bool IsSigner, bool IsWritable)
{
    /// <summary>An account that is only read.</summary>
    public static AccountReference ReadOnly(Pubkey key) => new(key, IsSigner: false, IsWritable: false);

    /// <summary>An account that may change.</summary>
    public static AccountReference Writable(Pubkey key) => new(key, IsSigner: false, IsWritable: true);

    /// <summary>A signer that is only read.</summary>
    public static AccountReference Signer(Pubkey key) => new(key, IsSigner: true, IsWritable: false);

    /// <summary>A signer that may change, as whoever pays.</summary>
    public static AccountReference WritableSigner(Pubkey key) => new(key, IsSigner: true, IsWritable: true);
}
