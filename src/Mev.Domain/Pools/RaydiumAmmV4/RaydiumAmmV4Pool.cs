using Mev.Domain.Chain;
using Mev.Domain.Pools.ConstantProduct;
using Mev.Domain.Pools.Tokens;

namespace Mev.Domain.Pools.RaydiumAmmV4;

/// <summary>
/// A Raydium AMM v4 pool that swaps against its two vaults alone (status 6). Pools with a live order book and pools
/// that wait for their opening follow rules that no vector proves and are not quotable. Mint A is the coin, B the pc.
/// </summary>
public sealed partial class RaydiumAmmV4Pool(PoolId id) : ConstantProductPool(id, Protocol.RaydiumAmmV4, AccountsMax)
{
    /// <summary>
    /// Units of a reserve above which the smallest amounts are dust: 199 of them are below 2 * 10^-7 of it.
    /// </summary>
    private const ulong CoarseReserveMax = 1_000_000_000;

    private const int AccountsMax = 3;
    private const int PoolIndex = 0;
    private const int CoinVaultIndex = 1;
    private const int PcVaultIndex = 2;
    private static readonly int[] Swapped = [PoolIndex, CoinVaultIndex, PcVaultIndex]; // a swap changes these

    private RaydiumAmmV4Side _coinIn;
    private RaydiumAmmV4Side _pcIn;
    private QuoteError _refusal = QuoteError.NotQuotable;

    /// <inheritdoc/>
    public override TokenAmount ReserveA => new(_coinIn.ReserveIn);

    /// <inheritdoc/>
    public override TokenAmount ReserveB => new(_pcIn.ReserveIn);

    /// <inheritdoc/>
    public override Quote QuoteExactIn(SwapDirection direction, TokenAmount amountIn, in ChainClock clock)
    {
        if (_refusal != QuoteError.None) return Quote.Refused(_refusal);
        ref readonly var side = ref direction == SwapDirection.AToB ? ref _coinIn : ref _pcIn;
        var error = side.ExactIn(amountIn.Units, out var amountOut, out _);
        return error == QuoteError.None ? Quote.Of(amountIn.Units, amountOut) : Quote.Refused(error);
    }

    /// <inheritdoc/>
    public override Quote QuoteExactOut(SwapDirection direction, TokenAmount amountOut, in ChainClock clock)
    {
        if (_refusal != QuoteError.None) return Quote.Refused(_refusal);
        var error = Side(direction).ExactOut(amountOut.Units, out var amountIn, out _);
        return error == QuoteError.None ? Quote.Of(amountIn, amountOut.Units) : Quote.Refused(error);
    }

    /// <summary>
    /// Output units per input unit at the margin. The program charges nothing on the smallest inputs (below half a unit
    /// of fee: 200 units at 25/10,000). Where such amounts matter the bound is the price without the fee. They do not
    /// where they buy nothing, nor where the reserve is above <see cref="CoarseReserveMax"/> units: what they save is
    /// then at most half a unit, below 10^-9 of the pool, and the only way to exceed the bound.
    /// </summary>
    public override double MarginalRate(SwapDirection direction)
    {
        if (_refusal != QuoteError.None) return 0;
        var side = Side(direction);
        var withFee = side.ReserveOut / (double)side.ReserveIn * Keep(side) * RoundingMargin;
        return Feeless(side) == 0
            ? withFee
            : Math.Max(withFee, side.ReserveOut / (side.ReserveIn + 1.0) * RoundingMargin);
    }

    /// <inheritdoc/>
    public override int FillCurve(SwapDirection direction, Span<CurveSegment> segments)
    {
        if (_refusal != QuoteError.None || segments.IsEmpty) return 0;
        var side = Side(direction);
        double feeless = Feeless(side);
        if (feeless == 0 || segments.Length == 1)
        {
            segments[0] = new CurveSegment(
                0, double.PositiveInfinity, 0, side.ReserveIn, side.ReserveOut, Keep(side), OutKeep: 1);
            return 1;
        }
        var output = side.ReserveOut * feeless / (side.ReserveIn + feeless);
        segments[0] = new CurveSegment(0, feeless, 0, side.ReserveIn, side.ReserveOut, Keep: 1, OutKeep: 1);
        segments[1] = new CurveSegment(
            feeless, double.PositiveInfinity, output, side.ReserveIn + feeless, side.ReserveOut - output, Keep(side),
            OutKeep: 1);
        return 2;
    }

    /// <inheritdoc/>
    public override Pool NewEmpty() => new RaydiumAmmV4Pool(Id);

    /// <inheritdoc/>
    protected override void CopyState(NamedAccountsPool source)
    {
        var pool = (RaydiumAmmV4Pool)source;
        (_coinIn, _pcIn, _refusal) = (pool._coinIn, pool._pcIn, pool._refusal);
    }

    /// <inheritdoc/>
    protected override Quote ExecuteSwap(
        SwapDirection direction, TokenAmount amount, bool isExactIn, in ChainClock clock, ulong writeVersion)
    {
        if (_refusal != QuoteError.None) return Quote.Refused(_refusal);
        var side = Side(direction);
        var (amountIn, amountOut) = (amount.Units, amount.Units);
        var error = isExactIn
            ? side.ExactIn(amountIn, out amountOut, out var fee)
            : side.ExactOut(amountOut, out amountIn, out fee);
        if (error != QuoteError.None) return Quote.Refused(error);

        var isCoinIn = direction == SwapDirection.AToB;
        var pool = Account(PoolIndex).Edit();
        AccountBytes.AddWide(pool, isCoinIn ? RaydiumAmmV4Layout.CoinIn : RaydiumAmmV4Layout.PcIn, amountIn);
        AccountBytes.AddWide(pool, isCoinIn ? RaydiumAmmV4Layout.PcOut : RaydiumAmmV4Layout.CoinOut, amountOut);
        AccountBytes.Add(pool, isCoinIn ? RaydiumAmmV4Layout.CoinFees : RaydiumAmmV4Layout.PcFees, fee);
        AccountBytes.Set(pool, RaydiumAmmV4Layout.RecentEpoch, clock.Epoch);
        var vaultIn = Account(isCoinIn ? CoinVaultIndex : PcVaultIndex).Edit();
        AccountBytes.Add(vaultIn, TokenLayout.AccountAmount, amountIn);
        var vaultOut = Account(isCoinIn ? PcVaultIndex : CoinVaultIndex).Edit();
        AccountBytes.Subtract(vaultOut, TokenLayout.AccountAmount, amountOut);
        Stamp(Swapped, clock.Slot, writeVersion);
        return Quote.Of(amountIn, amountOut);
    }

    private RaydiumAmmV4Side Side(SwapDirection direction) => direction == SwapDirection.AToB ? _coinIn : _pcIn;

    /// <summary>
    /// Most input that pays no fee, where that matters: a fee is first taken where 2 * input * numerator reaches the
    /// denominator. 0 when no such input yields anything, or when the reserve has so many units that what the rule
    /// saves (half a unit of input) is dust.
    /// </summary>
    private static ulong Feeless(in RaydiumAmmV4Side side)
    {
        if (side.FeeNumerator == 0 || side.ReserveIn > CoarseReserveMax) return 0;
        var feeless = (side.FeeDenominator - 1) / ((UInt128)2 * side.FeeNumerator);
        var yields = feeless != 0 && side.ReserveOut * feeless >= side.ReserveIn + feeless;
        return yields ? (ulong)UInt128.Min(feeless, ulong.MaxValue) : 0;
    }

    private static double Keep(in RaydiumAmmV4Side side) =>
        (side.FeeDenominator - side.FeeNumerator) / (double)side.FeeDenominator;
}
