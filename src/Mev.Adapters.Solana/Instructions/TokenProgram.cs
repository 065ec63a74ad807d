using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Instructions;

/// <summary>Instructions to SPL Token, as far as wallets need them for wrapped SOL (public documentation).</summary>
public static class TokenProgram
{
    private const byte CloseTag = 9;
    private const byte SyncNativeTag = 17;

    /// <summary>Lamports that were sent to an account of wrapped SOL count as tokens from now on.</summary>
    public static Instruction SyncNative(Pubkey account) => new()
    {
        Program = Programs.Token,
        Accounts = [AccountReference.Writable(account)],
        Data = new[] { SyncNativeTag },
    };

    /// <summary>
    /// Closes a token account; its lamports, wrapped SOL included, go to <paramref name="recipient"/>.
    /// </summary>
    public static Instruction Close(Pubkey account, Pubkey recipient, Pubkey owner) => new()
    {
        Program = Programs.Token,
        Accounts = [
            AccountReference.Writable(account), AccountReference.Writable(recipient),
            AccountReference.Signer(owner)],
        Data = new[] { CloseTag },
    };
}
