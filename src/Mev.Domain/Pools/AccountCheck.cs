using Mev.Domain.Chain;

namespace Mev.Domain.Pools;

/// <summary>The first question to an account of a pool: is it there, and whose is it.</summary>
internal static class AccountCheck
{
    /// <summary>
    /// <see cref="PoolDefect.None"/> when the account exists and <paramref name="program"/> owns it; otherwise missing
    /// (never written), closed, or of the wrong owner.
    /// </summary>
    public static PoolDefect Owned(PoolAccount account, Pubkey program)
    {
        if (account.Exists) return account.Owner == program ? PoolDefect.None : PoolDefect.WrongOwner;
        var isUnseen = account.WriteVersion == 0 && account.Slot == default && account.Owner.IsZero;
        return isUnseen ? PoolDefect.AccountMissing : PoolDefect.AccountClosed;
    }
}
