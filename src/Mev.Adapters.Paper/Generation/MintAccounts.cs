using Mev.Domain.Pools.Tokens;

namespace Mev.Adapters.Paper.Generation;

/// <summary>Mints with nine decimals: of SPL Token, or of Token-2022 with its fee on transfers.</summary>
internal static class MintAccounts
{
    private const int Header = TokenLayout.Extensions;
    private const int Fees = Header + 2 * sizeof(ushort);

    /// <summary>A mint's account.</summary>
    public static GeneratedAccount Build(in GeneratedMint mint)
    {
        var length = mint.IsToken2022 ? Fees + TokenLayout.TransferFeeLength : TokenLayout.MintLength;
        var account = new AccountBuilder(length);
        account.Put(TokenLayout.MintDecimals, (byte)9);
        account.Put(TokenLayout.MintIsInitialised, (byte)1);
        if (mint.Fees is { } fees)
        {
            account.Put(TokenLayout.ExtendedType, TokenLayout.ExtendedMint);
            account.Put(Header, (ushort)TokenExtensionType.TransferFeeConfig);
            account.Put(Header + sizeof(ushort), (ushort)TokenLayout.TransferFeeLength);
            Put(account, Fees + TokenLayout.OlderFee, 0, fees.Older);
            Put(account, Fees + TokenLayout.NewerFee, fees.NewerEpoch, fees.Newer);
        }
        return new GeneratedAccount(mint.Key, mint.Program, account.Data);
    }

    private static void Put(AccountBuilder account, int offset, ulong epoch, TransferFee fee)
    {
        account.Put(offset, epoch);
        account.Put(offset + TokenLayout.FeeMaximum, fee.Maximum);
        account.Put(offset + TokenLayout.FeeBasisPoints, fee.BasisPoints);
    }
}
