using Mev.Domain.Chain;
using Mev.Domain.Pools.ConstantProduct;
using Mev.Domain.Pools.Tokens;

namespace Mev.Domain.Pools.PumpSwap;

/// <summary>
/// A PumpSwap pool: its account, the program's global config and fee config, two vaults, and the base mint, whose
/// supply decides the fees of coins that come from the bonding curve. Mint A is the base, B the quote: A to B is a
/// sale. There is no sale for a wanted output.
/// </summary>
public sealed partial class PumpSwapPool(PoolId id) : ConstantProductPool(id, Protocol.PumpSwap, AccountsMax)
{
    private const int AccountsMax = 6;
    private const int PoolIndex = 0;
    private const int GlobalConfigIndex = 1;
    private const int FeeConfigIndex = 2;
    private const int BaseVaultIndex = 3;
    private const int QuoteVaultIndex = 4;
    private const int BaseMintIndex = 5;
    private static readonly int[] Swapped = [BaseVaultIndex, QuoteVaultIndex]; // a swap changes these

    private PumpSwapState _state;
    private QuoteError _buyRefusal = QuoteError.NotQuotable;
    private QuoteError _sellRefusal = QuoteError.NotQuotable;
    private Pubkey _creator;
    private bool _isOfBondingCurve;
    private bool _isMintRead; // its supply counts

    /// <inheritdoc/>
    public override TokenAmount ReserveA => new(_state.Base);

    /// <inheritdoc/>
    public override TokenAmount ReserveB => new(_state.Quote);

    /// <summary>
    /// The base that the reference SDK proposes to sell for a wanted quote amount; what its sale yields may be a few
    /// units less. <paramref name="baseIn"/> is 0 with an error.
    /// </summary>
    public QuoteError BaseFor(TokenAmount quoteOut, out TokenAmount baseIn)
    {
        baseIn = default;
        if (_sellRefusal != QuoteError.None) return _sellRefusal;
        var error = _state.BaseFor(quoteOut.Units, out var units);
        if (error == QuoteError.None) baseIn = new TokenAmount(units);
        return error;
    }

    /// <inheritdoc/>
    public override Quote QuoteExactIn(SwapDirection direction, TokenAmount amountIn, in ChainClock clock) =>
        QuoteOf(Swap(direction, amountIn, isExactIn: true, out var swap), swap);

    /// <inheritdoc/>
    public override Quote QuoteExactOut(SwapDirection direction, TokenAmount amountOut, in ChainClock clock) =>
        QuoteOf(Swap(direction, amountOut, isExactIn: false, out var swap), swap);

    /// <summary>
    /// Output units per input unit at the margin, an upper bound for every amount: all rounding is against the user.
    /// </summary>
    public override double MarginalRate(SwapDirection direction)
    {
        if (RefusalOf(direction) != QuoteError.None) return 0;
        var (units, quote) = ((double)_state.Base, (double)_state.Quote);
        return direction == SwapDirection.AToB
            ? quote / units * KeepOfSale * RoundingMargin
            : units / quote * KeepOfPurchase * RoundingMargin;
    }

    /// <inheritdoc/>
    public override int FillCurve(SwapDirection direction, Span<CurveSegment> segments)
    {
        if (RefusalOf(direction) != QuoteError.None || segments.IsEmpty) return 0;
        var (units, quote) = ((double)_state.Base, (double)_state.Quote);
        segments[0] = direction == SwapDirection.AToB
            ? new CurveSegment(0, double.PositiveInfinity, 0, units, quote, Keep: 1, KeepOfSale)
            : new CurveSegment(0, double.PositiveInfinity, 0, quote, units, KeepOfPurchase, OutKeep: 1);
        return 1;
    }

    /// <inheritdoc/>
    public override int DependsOn(SwapDirection direction, Span<PoolAccount> accounts)
    {
        var count = 0;
        foreach (var account in Accounts)
        {
            if (!account.Exists || count == accounts.Length) continue;
            if (_isMintRead || account != Account(BaseMintIndex)) accounts[count++] = account;
        }
        return count;
    }

    /// <summary><inheritdoc/> The base mint where its supply does not count.</summary>
    public override int AlsoReads(Span<PoolAccount> accounts)
    {
        if (Defect != PoolDefect.None || _isMintRead || !Account(BaseMintIndex).Exists) return 0;
        accounts[0] = Account(BaseMintIndex);
        return 1;
    }

    /// <inheritdoc/>
    public override Pool NewEmpty() => new PumpSwapPool(Id);

    /// <inheritdoc/>
    protected override void CopyState(NamedAccountsPool source)
    {
        var pool = (PumpSwapPool)source;
        (_state, _buyRefusal, _sellRefusal) = (pool._state, pool._buyRefusal, pool._sellRefusal);
        (_creator, _isOfBondingCurve, _isMintRead) = (pool._creator, pool._isOfBondingCurve, pool._isMintRead);
    }

    /// <inheritdoc/>
    protected override Quote ExecuteSwap(
        SwapDirection direction, TokenAmount amount, bool isExactIn, in ChainClock clock, ulong writeVersion)
    {
        var error = Swap(direction, amount, isExactIn, out var swap);
        if (error != QuoteError.None) return Quote.Refused(error);
        var baseVault = Account(BaseVaultIndex).Edit();
        var quoteVault = Account(QuoteVaultIndex).Edit();
        if (direction == SwapDirection.AToB)
        {
            AccountBytes.Add(baseVault, TokenLayout.AccountAmount, swap.UserIn);
            AccountBytes.Subtract(quoteVault, TokenLayout.AccountAmount, swap.VaultQuote);
        }
        else
        {
            AccountBytes.Subtract(baseVault, TokenLayout.AccountAmount, swap.UserOut);
            AccountBytes.Add(quoteVault, TokenLayout.AccountAmount, swap.VaultQuote);
        }
        Stamp(Swapped, clock.Slot, writeVersion);
        return QuoteOf(error, swap);
    }

    private double KeepOfSale => 1 - _state.Rates.Total / (double)PumpSwapRates.Whole;

    private double KeepOfPurchase => PumpSwapRates.Whole / (double)(PumpSwapRates.Whole + _state.Rates.Total);

    private QuoteError Swap(SwapDirection direction, TokenAmount amount, bool isExactIn, out PumpSwapSwap swap)
    {
        swap = default;
        var error = RefusalOf(direction);
        if (error != QuoteError.None) return error;
        if (direction == SwapDirection.AToB)
            return isExactIn ? _state.Sell(amount.Units, out swap) : QuoteError.NoExactOut;
        return isExactIn ? _state.BuyFor(amount.Units, out swap) : _state.Buy(amount.Units, out swap);
    }

    private QuoteError RefusalOf(SwapDirection direction) =>
        direction == SwapDirection.AToB ? _sellRefusal : _buyRefusal;

    private static Quote QuoteOf(QuoteError error, in PumpSwapSwap swap) =>
        error == QuoteError.None ? Quote.Of(swap.UserIn, swap.UserOut) : Quote.Refused(error);
}
