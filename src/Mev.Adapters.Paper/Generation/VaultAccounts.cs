using Mev.Domain.Chain;
using Mev.Domain.Pools.Tokens;

namespace Mev.Adapters.Paper.Generation;

/// <summary>
/// Token accounts that hold a pool's reserves; one of Token-2022 has room for the fees withheld in it.
/// </summary>
internal static class VaultAccounts
{
    private const int NativeOption = 109;
    private const int NativeReserve = 113;
    private const int ExtendedLength = TokenLayout.Extensions + 2 * sizeof(ushort) + sizeof(ulong);

    /// <summary>A vault; one of WSOL says what rent it keeps.</summary>
    public static GeneratedAccount Build(in Pubkey key, in GeneratedMint mint, in Pubkey authority, ulong amount)
    {
        var account = new AccountBuilder(mint.IsToken2022 ? ExtendedLength : TokenLayout.AccountLength);
        account.Put(TokenLayout.AccountMint, mint.Key);
        account.Put(TokenLayout.AccountOwner, authority);
        account.Put(TokenLayout.AccountAmount, amount);
        account.Put(TokenLayout.AccountState, TokenLayout.Initialised);
        if (mint.IsToken2022)
        {
            account.Put(TokenLayout.ExtendedType, TokenLayout.ExtendedAccount);
            account.Put(TokenLayout.Extensions, (ushort)TokenExtensionType.TransferFeeAmount);
            account.Put(TokenLayout.Extensions + sizeof(ushort), (ushort)sizeof(ulong));
        }
        var isNative = mint.Key == Mints.Wsol;
        var built = new GeneratedAccount(key, mint.Program, account.Data, isNative);
        if (isNative)
        {
            account.Put(NativeOption, 1u);
            account.Put(NativeReserve, built.Balance.Rent);
        }
        return built;
    }
}
