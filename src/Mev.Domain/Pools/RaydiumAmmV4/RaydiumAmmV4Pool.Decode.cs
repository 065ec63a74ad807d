using Mev.Domain.Chain;
using Mev.Domain.Pools.Tokens;

namespace Mev.Domain.Pools.RaydiumAmmV4;

/// <content>From account bytes to the numbers of both directions, or to the reason why not.</content>
public sealed partial class RaydiumAmmV4Pool
{
    /// <summary>Largest volume to which any swap can still be added.</summary>
    private static readonly UInt128 VolumeMax = UInt128.MaxValue - ulong.MaxValue;

    /// <inheritdoc/>
    public override ulong MarkOfNames(ReadOnlySpan<byte> data) => data.Length == RaydiumAmmV4Layout.Length
        ? AccountBytes.Mark(data, [RaydiumAmmV4Layout.CoinVault, RaydiumAmmV4Layout.PcVault])
        : 0;

    /// <inheritdoc/>
    protected override void Name(PoolAccount pool)
    {
        var data = pool.Data;
        if (AccountCheck.Owned(pool, Programs.RaydiumAmmV4) != PoolDefect.None) return;
        if (data.Length != RaydiumAmmV4Layout.Length) return;
        MintA = AccountBytes.Key(data, RaydiumAmmV4Layout.CoinMint);
        MintB = AccountBytes.Key(data, RaydiumAmmV4Layout.PcMint);
        NameAccounts([
            AccountBytes.Key(data, RaydiumAmmV4Layout.CoinVault), AccountBytes.Key(data, RaydiumAmmV4Layout.PcVault)]);
    }

    /// <inheritdoc/>
    protected override PoolDefect Decode()
    {
        (_coinIn, _pcIn, _refusal) = (default, default, QuoteError.NotQuotable);
        var account = Account(PoolIndex);
        var defect = AccountCheck.Owned(account, Programs.RaydiumAmmV4);
        if (defect != PoolDefect.None) return defect;
        var data = account.Data;
        if (data.Length != RaydiumAmmV4Layout.Length) return PoolDefect.WrongLayout;
        defect = CheckPool(data, MintA == MintB, out var refusal);
        if (defect != PoolDefect.None) return defect;
        defect = TokenVault.Read(Account(CoinVaultIndex), Programs.Token, MintA, out var coinVault);
        if (defect != PoolDefect.None) return defect;
        defect = TokenVault.Read(Account(PcVaultIndex), Programs.Token, MintB, out var pcVault);
        if (defect != PoolDefect.None) return defect;
        var coinOwed = AccountBytes.U64(data, RaydiumAmmV4Layout.NeedTakePnlCoin);
        var pcOwed = AccountBytes.U64(data, RaydiumAmmV4Layout.NeedTakePnlPc);
        if (coinOwed >= coinVault.Amount || pcOwed >= pcVault.Amount) return PoolDefect.ImpossibleValue;
        Prepare(data, (coinVault.Amount, coinVault.Amount - coinOwed), (pcVault.Amount, pcVault.Amount - pcOwed));
        _refusal = refusal;
        return PoolDefect.None;
    }

    private static PoolDefect CheckPool(ReadOnlySpan<byte> data, bool isOneMint, out QuoteError refusal)
    {
        var status = AccountBytes.U64(data, RaydiumAmmV4Layout.Status);
        refusal = status == RaydiumAmmV4Layout.SwapOnly ? QuoteError.None : QuoteError.SwapDisabled;
        if (status is RaydiumAmmV4Layout.Uninitialised or > RaydiumAmmV4Layout.LastStatus)
            return PoolDefect.ImpossibleValue;
        var isUnproven = status is RaydiumAmmV4Layout.WithOrderBook or RaydiumAmmV4Layout.OrderBookOnly
            or RaydiumAmmV4Layout.WaitingTrade;
        if (isUnproven) return PoolDefect.UnprovenRule;
        var numerator = AccountBytes.U64(data, RaydiumAmmV4Layout.SwapFeeNumerator);
        var denominator = AccountBytes.U64(data, RaydiumAmmV4Layout.SwapFeeDenominator);
        var isPossible = !isOneMint && denominator != 0 && numerator <= denominator
            && AccountBytes.U128(data, RaydiumAmmV4Layout.CoinIn) <= VolumeMax
            && AccountBytes.U128(data, RaydiumAmmV4Layout.PcOut) <= VolumeMax
            && AccountBytes.U128(data, RaydiumAmmV4Layout.PcIn) <= VolumeMax
            && AccountBytes.U128(data, RaydiumAmmV4Layout.CoinOut) <= VolumeMax;
        return isPossible ? PoolDefect.None : PoolDefect.ImpossibleValue;
    }

    private void Prepare(
        ReadOnlySpan<byte> data, (ulong Vault, ulong Reserve) coin, (ulong Vault, ulong Reserve) pc)
    {
        var numerator = AccountBytes.U64(data, RaydiumAmmV4Layout.SwapFeeNumerator);
        var denominator = AccountBytes.U64(data, RaydiumAmmV4Layout.SwapFeeDenominator);
        var coinFees = AccountBytes.U64(data, RaydiumAmmV4Layout.CoinFees);
        var pcFees = AccountBytes.U64(data, RaydiumAmmV4Layout.PcFees);
        _coinIn = new RaydiumAmmV4Side(
            coin.Reserve, pc.Reserve, ulong.MaxValue - coin.Vault, ulong.MaxValue - coinFees, numerator, denominator);
        _pcIn = new RaydiumAmmV4Side(
            pc.Reserve, coin.Reserve, ulong.MaxValue - pc.Vault, ulong.MaxValue - pcFees, numerator, denominator);
    }
}
