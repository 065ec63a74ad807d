using Mev.Domain.Chain;

namespace Mev.Domain.Pools.Tokens;

/// <summary>Decoding of Token-2022 mints. (A mint of SPL Token has nothing that a quote depends on.)</summary>
public static class TokenMint
{
    /// <summary>
    /// Reads the transfer fees of a Token-2022 mint. An extension that can change or block a transfer, or that is not
    /// known to leave it alone, makes it <see cref="PoolDefect.RestrictedMint"/>.
    /// </summary>
    /// <param name="account">The mint's account.</param>
    /// <param name="fees">Its fees; none when it has no such extension.</param>
    public static PoolDefect Read(PoolAccount account, out TransferFeeSchedule fees)
    {
        fees = default;
        var defect = AccountCheck.Owned(account, Programs.Token2022);
        if (defect != PoolDefect.None) return defect;
        var data = account.Data;
        var isExtended = data.Length > TokenLayout.ExtendedType
            && data[TokenLayout.ExtendedType] == TokenLayout.ExtendedMint;
        if (data.Length != TokenLayout.MintLength && !isExtended) return PoolDefect.WrongLayout;
        if (data[TokenLayout.MintIsInitialised] != 1) return PoolDefect.ImpossibleValue;
        var extensions = new TokenExtensions(data);
        while (extensions.MoveNext())
        {
            if (extensions.Type == TokenExtensionType.TransferFeeConfig)
            {
                if (extensions.Length != TokenLayout.TransferFeeLength) return PoolDefect.WrongLayout;
                fees = ReadFees(data.Slice(extensions.Offset, extensions.Length));
            }
            else if (!IsHarmless(extensions.Type, data.Slice(extensions.Offset, extensions.Length)))
            {
                return PoolDefect.RestrictedMint;
            }
        }
        if (extensions.IsTorn) return PoolDefect.WrongLayout;
        var isPossible = fees.Older.BasisPoints <= TransferFee.Whole && fees.Newer.BasisPoints <= TransferFee.Whole;
        return isPossible ? PoolDefect.None : PoolDefect.ImpossibleValue;
    }

    private static TransferFeeSchedule ReadFees(ReadOnlySpan<byte> value) => new(
        ReadFee(value[TokenLayout.OlderFee..]), ReadFee(value[TokenLayout.NewerFee..]),
        AccountBytes.U64(value, TokenLayout.NewerFee));

    private static TransferFee ReadFee(ReadOnlySpan<byte> fee) =>
        new(AccountBytes.U64(fee, TokenLayout.FeeMaximum), AccountBytes.U16(fee, TokenLayout.FeeBasisPoints));

    /// <summary>These leave the raw amount of a transfer alone; accounts that start initialised do too.</summary>
    private static bool IsHarmless(TokenExtensionType type, ReadOnlySpan<byte> value) => type switch
    {
        TokenExtensionType.MetadataPointer or TokenExtensionType.TokenMetadata => true,
        TokenExtensionType.MintCloseAuthority or TokenExtensionType.InterestBearing => true,
        TokenExtensionType.DefaultAccountState => value.Length == 1 && value[0] == TokenLayout.Initialised,
        _ => false,
    };
}
