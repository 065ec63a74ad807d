namespace Mev.Domain.Pools.MeteoraDammV2;

/// <summary>
/// The dynamic fee: what the pool account says of it, and how a swap changes that. A swap pays for the volatility
/// before it and counts its own for the next. Off by default.
/// </summary>
internal readonly record struct MeteoraDammV2Volatility
{
    /// <summary>The one width of a step that vectors prove, in 1/10,000 and with 64 binary places.</summary>
    private const ushort OnlyBinStep = 1;
    private const ulong OnlyBinStepWide = ulong.MaxValue / Whole;

    private const uint Whole = 10_000;
    private const ulong FeeScale = 100_000_000_000;

    private readonly uint _volatilityMax;
    private readonly uint _volatility;
    private readonly uint _reference;
    private readonly uint _control;
    private readonly ushort _filterSeconds;
    private readonly ushort _decaySeconds;
    private readonly ushort _reduction;
    private readonly ulong _lastUpdate;
    private readonly UInt128 _referencePrice;

    private MeteoraDammV2Volatility(ReadOnlySpan<byte> pool)
    {
        IsOn = true;
        _volatilityMax = AccountBytes.U32(pool, MeteoraDammV2Layout.VolatilityMax);
        _volatility = AccountBytes.U32(pool, MeteoraDammV2Layout.Volatility);
        _reference = AccountBytes.U32(pool, MeteoraDammV2Layout.VolatilityReference);
        _control = AccountBytes.U32(pool, MeteoraDammV2Layout.FeeControl);
        _filterSeconds = AccountBytes.U16(pool, MeteoraDammV2Layout.FilterSeconds);
        _decaySeconds = AccountBytes.U16(pool, MeteoraDammV2Layout.DecaySeconds);
        _reduction = AccountBytes.U16(pool, MeteoraDammV2Layout.Reduction);
        _lastUpdate = AccountBytes.U64(pool, MeteoraDammV2Layout.LastUpdate);
        _referencePrice = AccountBytes.U128(pool, MeteoraDammV2Layout.ReferencePrice);
    }

    /// <summary>There is a dynamic fee.</summary>
    public bool IsOn { get; }

    /// <summary>The dynamic part of the fee, in 1/10^9.</summary>
    public ulong Fee =>
        (ulong)(((UInt128)((ulong)_volatility * _volatility) * _control + (FeeScale - 1)) / FeeScale);

    /// <summary>Reads it from a pool account; says why it cannot be quoted.</summary>
    public static PoolDefect Read(ReadOnlySpan<byte> pool, out MeteoraDammV2Volatility volatility)
    {
        volatility = default;
        if (pool[MeteoraDammV2Layout.IsDynamic] == 0) return PoolDefect.None;
        var referencePrice = AccountBytes.U128(pool, MeteoraDammV2Layout.ReferencePrice);
        var isPossible = pool[MeteoraDammV2Layout.IsDynamic] == 1
            && (referencePrice == 0 || MeteoraDammV2State.IsSqrtPrice(referencePrice))
            && AccountBytes.U128(pool, MeteoraDammV2Layout.Volatility) <= uint.MaxValue
            && AccountBytes.U128(pool, MeteoraDammV2Layout.VolatilityReference) <= uint.MaxValue
            && AccountBytes.U16(pool, MeteoraDammV2Layout.Reduction) <= Whole;
        if (!isPossible) return PoolDefect.ImpossibleValue;
        var isProven = AccountBytes.U16(pool, MeteoraDammV2Layout.BinStep) == OnlyBinStep
            && AccountBytes.U128(pool, MeteoraDammV2Layout.BinStepWide) == OnlyBinStepWide;
        if (!isProven) return PoolDefect.UnprovenRule;
        volatility = new MeteoraDammV2Volatility(pool);
        return PoolDefect.None;
    }

    /// <summary>
    /// Whether a swap can be counted at a time: not where that is not known (0), and not where the program fails, with
    /// a clock that went backwards or without a reference.
    /// </summary>
    public QuoteError RefusalAt(long unixTime)
    {
        if (!IsOn) return QuoteError.None;
        if (unixTime <= 0) return QuoteError.NotQuotable;
        var now = (ulong)unixTime;
        return now < _lastUpdate || (!IsRenewedAt(now) && _referencePrice == 0) ? QuoteError.Overflow : QuoteError.None;
    }

    /// <summary>Writes what a swap at a time (see <see cref="RefusalAt"/>) leaves, for its prices.</summary>
    public void WriteAfter(Span<byte> pool, UInt128 priceBefore, UInt128 priceAfter, long unixTime)
    {
        if (!IsOn) return;
        var now = (ulong)unixTime;
        var (referencePrice, reference) = (_referencePrice, _reference);
        if (IsRenewedAt(now))
        {
            var isKept = now - _lastUpdate < _decaySeconds;
            referencePrice = priceBefore;
            reference = isKept ? (uint)((ulong)_volatility * _reduction / Whole) : 0;
        }
        var counted = Steps(priceAfter, referencePrice) * Whole + reference;
        AccountBytes.SetWide(pool, MeteoraDammV2Layout.ReferencePrice, referencePrice);
        AccountBytes.SetWide(pool, MeteoraDammV2Layout.VolatilityReference, reference);
        AccountBytes.SetWide(pool, MeteoraDammV2Layout.Volatility, UInt128.Min(counted, _volatilityMax));
        if (Steps(priceBefore, priceAfter) != 0) AccountBytes.Set(pool, MeteoraDammV2Layout.LastUpdate, now);
    }

    private bool IsRenewedAt(ulong now) => now - _lastUpdate >= _filterSeconds;

    /// <summary>Distance of two square roots of prices in steps of the price; below 2^79.</summary>
    private static UInt128 Steps(UInt128 one, UInt128 other)
    {
        var (low, high) = one < other ? (one, other) : (other, one);
        var ratio = (UInt256.Multiply(high, (UInt128)1 << 64) / low).Low;
        return 2 * ((ratio - ((UInt128)1 << 64)) / OnlyBinStepWide);
    }
}
