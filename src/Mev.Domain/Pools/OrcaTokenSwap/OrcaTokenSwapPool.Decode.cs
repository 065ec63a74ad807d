using Mev.Domain.Chain;
using Mev.Domain.Pools.Tokens;

namespace Mev.Domain.Pools.OrcaTokenSwap;

/// <content>From account bytes to the numbers of both directions, or to the reason why not.</content>
public sealed partial class OrcaTokenSwapPool
{
    /// <inheritdoc/>
    public override ulong MarkOfNames(ReadOnlySpan<byte> data) => IsPool(data)
        ? AccountBytes.Mark(data, [OrcaTokenSwapLayout.VaultA, OrcaTokenSwapLayout.VaultB])
        : 0;

    /// <summary>The bytes have the length and the version of a pool account.</summary>
    internal static bool IsPool(ReadOnlySpan<byte> data) => data.Length == OrcaTokenSwapLayout.Length
        && data[OrcaTokenSwapLayout.Version] == OrcaTokenSwapLayout.OnlyVersion;

    /// <inheritdoc/>
    protected override void Name(PoolAccount pool)
    {
        var data = pool.Data;
        if (AccountCheck.Owned(pool, Programs.OrcaTokenSwap) != PoolDefect.None || !IsPool(data)) return;
        MintA = AccountBytes.Key(data, OrcaTokenSwapLayout.MintA);
        MintB = AccountBytes.Key(data, OrcaTokenSwapLayout.MintB);
        NameAccounts([
            AccountBytes.Key(data, OrcaTokenSwapLayout.VaultA), AccountBytes.Key(data, OrcaTokenSwapLayout.VaultB)]);
    }

    /// <inheritdoc/>
    protected override PoolDefect Decode()
    {
        (_aIn, _bIn) = (default, default);
        var account = Account(PoolIndex);
        var defect = AccountCheck.Owned(account, Programs.OrcaTokenSwap);
        if (defect != PoolDefect.None) return defect;
        var data = account.Data;
        if (!IsPool(data)) return PoolDefect.WrongLayout;
        defect = CheckPool(data, MintA == MintB);
        if (defect != PoolDefect.None) return defect;
        if (!OrcaTokenSwapFees.TryRead(data, out var fees)) return PoolDefect.ImpossibleValue;
        defect = TokenVault.Read(Account(VaultAIndex), Programs.Token, MintA, out var vaultA);
        if (defect != PoolDefect.None) return defect;
        defect = TokenVault.Read(Account(VaultBIndex), Programs.Token, MintB, out var vaultB);
        if (defect != PoolDefect.None) return defect;
        if (vaultA.Amount == 0 || vaultB.Amount == 0) return PoolDefect.ImpossibleValue;
        _aIn = Side(data, vaultA.Amount, vaultB.Amount, fees);
        _bIn = Side(data, vaultB.Amount, vaultA.Amount, fees);
        return PoolDefect.None;
    }

    private static PoolDefect CheckPool(ReadOnlySpan<byte> data, bool isOneMint)
    {
        if (data[OrcaTokenSwapLayout.IsInitialised] != 1 || isOneMint) return PoolDefect.ImpossibleValue;
        if (AccountBytes.Key(data, OrcaTokenSwapLayout.TokenProgram) != Programs.Token) return PoolDefect.UnprovenRule;
        return data[OrcaTokenSwapLayout.Curve] switch
        {
            OrcaTokenSwapLayout.ConstantProduct => PoolDefect.None,
            OrcaTokenSwapLayout.Stable => AccountBytes.U64(data, OrcaTokenSwapLayout.Amplification)
                is 0 or > StableInvariant.AmplificationMax ? PoolDefect.ImpossibleValue : PoolDefect.None,
            OrcaTokenSwapLayout.ConstantPrice or OrcaTokenSwapLayout.Offset => PoolDefect.UnprovenRule,
            _ => PoolDefect.ImpossibleValue,
        };
    }

    private static OrcaTokenSwapSide Side(
        ReadOnlySpan<byte> data, ulong reserveIn, ulong reserveOut, OrcaTokenSwapFees fees)
    {
        var isStable = data[OrcaTokenSwapLayout.Curve] == OrcaTokenSwapLayout.Stable;
        var invariant = isStable
            ? new StableInvariant(
                reserveIn, reserveOut, AccountBytes.U64(data, OrcaTokenSwapLayout.Amplification))
            : default;
        return new OrcaTokenSwapSide(reserveIn, reserveOut, fees, isStable, invariant);
    }
}
