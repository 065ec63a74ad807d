using Mev.Domain.Chain;
using Mev.Domain.Pools.Tokens;

namespace Mev.Adapters.Paper.Generation;

/// <summary>Token accounts of the SPL Token program that hold a pool's reserves.</summary>
internal static class VaultAccounts
{
    private const int NativeOption = 109;
    private const int NativeReserve = 113;

    /// <summary>A vault; one of WSOL says what rent it keeps.</summary>
    public static GeneratedAccount Build(in Pubkey key, in Pubkey mint, in Pubkey authority, ulong amount)
    {
        var account = new AccountBuilder(TokenLayout.AccountLength);
        account.Put(TokenLayout.AccountMint, mint);
        account.Put(TokenLayout.AccountOwner, authority);
        account.Put(TokenLayout.AccountAmount, amount);
        account.Put(TokenLayout.AccountState, TokenLayout.Initialised);
        var isNative = mint == Mints.Wsol;
        var built = new GeneratedAccount(key, Programs.Token, account.Data, isNative);
        if (isNative)
        {
            account.Put(NativeOption, 1u);
            account.Put(NativeReserve, built.Balance.Rent);
        }
        return built;
    }
}
