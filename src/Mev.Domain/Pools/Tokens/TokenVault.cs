using Mev.Domain.Chain;

namespace Mev.Domain.Pools.Tokens;

/// <summary>The token account that holds one side of a pool.</summary>
/// <param name="Amount">Tokens in it, units of the mint.</param>
/// <param name="WithheldOffset">Offset of the withheld transfer fees in its data; 0 when it has none.</param>
/// <param name="Withheld">Transfer fees withheld in it, beside <paramref name="Amount"/>.</param>
public readonly record struct TokenVault(ulong Amount, int WithheldOffset, ulong Withheld)
{
    /// <summary>
    /// Reads a vault that must be a token account of <paramref name="program"/> and <paramref name="mint"/>; one that
    /// is not initialised or is frozen is an <see cref="PoolDefect.ImpossibleValue"/>, since no swap can move it.
    /// </summary>
    public static PoolDefect Read(PoolAccount account, Pubkey program, Pubkey mint, out TokenVault vault)
    {
        vault = default;
        var defect = AccountCheck.Owned(account, program);
        if (defect != PoolDefect.None) return defect;
        var data = account.Data;
        if (data.Length < TokenLayout.AccountLength) return PoolDefect.WrongLayout;
        var withheldOffset = 0;
        if (data.Length > TokenLayout.AccountLength)
        {
            var isExtended = program == Programs.Token2022
                && data[TokenLayout.ExtendedType] == TokenLayout.ExtendedAccount;
            if (!isExtended || !TryFindWithheld(data, out withheldOffset)) return PoolDefect.WrongLayout;
        }
        if (AccountBytes.Key(data, TokenLayout.AccountMint) != mint) return PoolDefect.ImpossibleValue;
        if (data[TokenLayout.AccountState] != TokenLayout.Initialised) return PoolDefect.ImpossibleValue;
        var withheld = withheldOffset == 0 ? 0 : AccountBytes.U64(data, withheldOffset);
        vault = new TokenVault(AccountBytes.U64(data, TokenLayout.AccountAmount), withheldOffset, withheld);
        return PoolDefect.None;
    }

    private static bool TryFindWithheld(ReadOnlySpan<byte> data, out int offset)
    {
        offset = 0;
        var extensions = new TokenExtensions(data);
        while (extensions.MoveNext())
        {
            if (extensions.Type != TokenExtensionType.TransferFeeAmount) continue;
            if (extensions.Length != sizeof(ulong)) return false;
            offset = extensions.Offset;
        }
        return !extensions.IsTorn;
    }
}
