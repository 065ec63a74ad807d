using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Instructions;

/// <summary>The token account that a wallet has for a mint by derivation.</summary>
public static class AssociatedToken
{
    private const byte CreateIdempotentTag = 1;

    /// <summary>Its address; <paramref name="tokenProgram"/> is the owner of the mint.</summary>
    public static Pubkey Address(Pubkey wallet, Pubkey mint, Pubkey tokenProgram) => ProgramAddress.Find(
        Programs.AssociatedToken, wallet.ToArray(), tokenProgram.ToArray(), mint.ToArray()).Address;

    /// <summary>Creates it where it does not exist, at the payer's cost.</summary>
    public static Instruction Create(Pubkey payer, Pubkey wallet, Pubkey mint, Pubkey tokenProgram) => new()
    {
        Program = Programs.AssociatedToken,
        Accounts = [
            AccountReference.WritableSigner(payer),
            AccountReference.Writable(Address(wallet, mint, tokenProgram)),
            AccountReference.ReadOnly(wallet),
            AccountReference.ReadOnly(mint),
            AccountReference.ReadOnly(Programs.System),
            AccountReference.ReadOnly(tokenProgram)],
        Data = new[] { CreateIdempotentTag },
    };
}
