using Mev.Domain.Chain;
using Mev.Domain.Pools.ConstantProduct;
using Mev.Domain.Pools.Tokens;

namespace Mev.Domain.Pools.RaydiumAmmV4;

/// <summary>
/// A Raydium AMM v4 pool that swaps against its two vaults alone (status 6). Pools with a live order book and pools
/// that wait for their opening follow rules that no vector proves and are not quotable. Mint A is the coin, B the pc.
/// </summary>
public sealed class RaydiumAmmV4Pool(PoolId id) : ConstantProductPool(id, Protocol.RaydiumAmmV4, AccountsMax)
{
    /// <summary>
    /// Units of a reserve above which the smallest amounts are dust: 199 of them are below 2 * 10^-7 of it.
    /// </summary>
    private const ulong CoarseReserveMax = 1_000_000_000;

    private const int AccountsMax = 3;
    private const int PoolIndex = 0;
    private const int CoinVaultIndex = 1;
    private const int PcVaultIndex = 2;

    /// <summary>Largest volume to which any swap can still be added.</summary>
    private static readonly UInt128 VolumeMax = UInt128.MaxValue - ulong.MaxValue;

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
    public override int DependsOn(SwapDirection direction, Span<PoolAccount> accounts)
    {
        var count = 0;
        foreach (var account in Accounts)
            if (account.Exists && count < accounts.Length) accounts[count++] = account;
        return count;
    }

    /// <inheritdoc/>
    public override Pool NewEmpty() => new RaydiumAmmV4Pool(Id);

    /// <inheritdoc/>
    protected override void CopyState(ConstantProductPool source)
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
        Stamp(CoinVaultIndex, PcVaultIndex, clock.Slot, writeVersion);
        return Quote.Of(amountIn, amountOut);
    }

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
