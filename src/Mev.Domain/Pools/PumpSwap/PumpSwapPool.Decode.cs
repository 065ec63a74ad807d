using Mev.Domain.Chain;
using Mev.Domain.Pools.Tokens;

namespace Mev.Domain.Pools.PumpSwap;

/// <content>From account bytes to the state that swaps read, or to the reason why not.</content>
public sealed partial class PumpSwapPool
{
    /// <inheritdoc/>
    public override ulong MarkOfNames(ReadOnlySpan<byte> data) => PumpSwapLayout.IsPool(data)
        ? AccountBytes.Mark(data, [
            PumpSwapLayout.Creator, PumpSwapLayout.BaseMint, PumpSwapLayout.QuoteMint, PumpSwapLayout.BaseVault,
            PumpSwapLayout.QuoteVault])
        : 0;

    /// <inheritdoc/>
    protected override void Name(PoolAccount pool)
    {
        var data = pool.Data;
        if (AccountCheck.Owned(pool, Programs.PumpSwap) != PoolDefect.None || !PumpSwapLayout.IsPool(data)) return;
        var creator = AccountBytes.Key(data, PumpSwapLayout.Creator);
        var baseMint = AccountBytes.Key(data, PumpSwapLayout.BaseMint);
        if (creator != _creator || baseMint != MintA)
            (_creator, _isOfBondingCurve) = (creator, PumpSwapOrigin.IsBondingCurve(creator, baseMint));
        MintA = baseMint;
        MintB = AccountBytes.Key(data, PumpSwapLayout.QuoteMint);
        NameAccounts([
            PumpSwapLayout.GlobalConfig, PumpSwapLayout.FeeConfig,
            AccountBytes.Key(data, PumpSwapLayout.BaseVault), AccountBytes.Key(data, PumpSwapLayout.QuoteVault),
            baseMint]);
    }

    /// <inheritdoc/>
    protected override PoolDefect Decode()
    {
        (_state, _buyRefusal, _sellRefusal) = (default, QuoteError.NotQuotable, QuoteError.NotQuotable);
        _isMintRead = false;
        var account = Account(PoolIndex);
        var defect = AccountCheck.Owned(account, Programs.PumpSwap);
        if (defect != PoolDefect.None) return defect;
        var data = account.Data;
        if (!PumpSwapLayout.IsPool(data)) return PoolDefect.WrongLayout;
        if (MintA == MintB) return PoolDefect.ImpossibleValue;
        defect = ReadGlobalConfig(data, out var flags);
        if (defect != PoolDefect.None) return defect;
        defect = ReadVaults(out var baseVault, out var quoteVault);
        if (defect != PoolDefect.None) return defect;
        defect = ReadSupply(data, out var supply);
        if (defect != PoolDefect.None) return defect;
        defect = ReadRates(data, (UInt128)quoteVault * supply / baseVault, out var rates);
        if (defect != PoolDefect.None) return defect;
        _state = new PumpSwapState(baseVault, quoteVault, rates);
        _buyRefusal = (flags & PumpSwapLayout.BuyDisabled) == 0 ? QuoteError.None : QuoteError.SwapDisabled;
        _sellRefusal = (flags & PumpSwapLayout.SellDisabled) == 0 ? QuoteError.None : QuoteError.SwapDisabled;
        return PoolDefect.None;
    }

    /// <summary>A virtual reserve and a creator's rate of the pool's own follow rules that no vector proves.</summary>
    private PoolDefect ReadGlobalConfig(ReadOnlySpan<byte> pool, out byte flags)
    {
        flags = 0;
        var account = Account(GlobalConfigIndex);
        var defect = AccountCheck.Owned(account, Programs.PumpSwap);
        if (defect != PoolDefect.None) return defect;
        var config = account.Data;
        if (!PumpSwapLayout.IsGlobalConfig(config)) return PoolDefect.WrongLayout;
        flags = config[PumpSwapLayout.DisableFlags];
        var isConfigurable = config.Length > PumpSwapLayout.IsCreatorRateConfigurable
            && config[PumpSwapLayout.IsCreatorRateConfigurable] != 0;
        var hasOwnRate = pool.Length >= PumpSwapLayout.OwnCreatorRate + sizeof(ulong)
            && AccountBytes.U64(pool, PumpSwapLayout.OwnCreatorRate) != 0;
        var hasVirtualQuote = pool.Length >= PumpSwapLayout.OwnCreatorRate
            && AccountBytes.U128(pool, PumpSwapLayout.VirtualQuote) != 0;
        return hasVirtualQuote || (hasOwnRate && isConfigurable) ? PoolDefect.UnprovenRule : PoolDefect.None;
    }

    /// <summary>A quote mint of Token-2022 would have to be held as well, and no vector has one.</summary>
    private PoolDefect ReadVaults(out ulong baseUnits, out ulong quoteUnits)
    {
        (baseUnits, quoteUnits) = (0, 0);
        var baseAccount = Account(BaseVaultIndex);
        var program = baseAccount.Owner == Programs.Token2022 ? Programs.Token2022 : Programs.Token;
        var defect = TokenVault.Read(baseAccount, program, MintA, out var baseVault);
        if (defect != PoolDefect.None) return defect;
        var quoteAccount = Account(QuoteVaultIndex);
        if (quoteAccount.Owner == Programs.Token2022) return PoolDefect.UnprovenRule;
        defect = TokenVault.Read(quoteAccount, Programs.Token, MintB, out var quoteVault);
        if (defect != PoolDefect.None) return defect;
        (baseUnits, quoteUnits) = (baseVault.Amount, quoteVault.Amount);
        return baseUnits == 0 || quoteUnits == 0 ? PoolDefect.ImpossibleValue : PoolDefect.None;
    }

    /// <summary>The base mint is needed where its supply counts, or where it is of Token-2022.</summary>
    private PoolDefect ReadSupply(ReadOnlySpan<byte> pool, out ulong supply)
    {
        var isMayhem = pool.Length > PumpSwapLayout.IsMayhem && pool[PumpSwapLayout.IsMayhem] != 0;
        supply = isMayhem ? PumpSwapLayout.MayhemSupply : 0;
        var isSupplyCounted = _isOfBondingCurve && !isMayhem;
        var program = Account(BaseVaultIndex).Owner;
        if (!isSupplyCounted && program != Programs.Token2022) return PoolDefect.None;
        var mint = Account(BaseMintIndex);
        var defect = program == Programs.Token2022
            ? FeelessMint.Check(mint, Account(PoolIndex).Slot)
            : AccountCheck.Owned(mint, Programs.Token);
        if (defect != PoolDefect.None) return defect;
        if (mint.Data.Length < TokenLayout.MintLength) return PoolDefect.WrongLayout;
        _isMintRead = isSupplyCounted;
        if (isSupplyCounted) supply = AccountBytes.U64(mint.Data, TokenLayout.MintSupply);
        return PoolDefect.None;
    }

    private PoolDefect ReadRates(ReadOnlySpan<byte> pool, UInt128 capitalisation, out PumpSwapRates rates)
    {
        rates = default;
        var account = Account(FeeConfigIndex);
        var defect = AccountCheck.Owned(account, Programs.PumpFees);
        if (defect != PoolDefect.None) return defect;
        if (!PumpSwapLayout.IsFeeConfig(account.Data)) return PoolDefect.WrongLayout;
        var hasCreator = pool.Length >= PumpSwapLayout.CoinCreator + Pubkey.Length
            && !AccountBytes.Key(pool, PumpSwapLayout.CoinCreator).IsZero;
        return PumpSwapFees.Read(
            account.Data, _isOfBondingCurve ? MintB : null, capitalisation, hasCreator, out rates);
    }
}
