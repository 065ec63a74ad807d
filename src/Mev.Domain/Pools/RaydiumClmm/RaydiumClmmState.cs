using Mev.Domain.Chain;
using Mev.Domain.Pools.ConcentratedLiquidity;

namespace Mev.Domain.Pools.RaydiumClmm;

/// <summary>
/// What a quote reads: the decoded fields of pool account, config and bitmaps, the prepared ticks of all arrays, and
/// where the pool stands among them. A value, so a copy of a pool copies it whole; what it refers to is shared and
/// never changes.
/// </summary>
internal struct RaydiumClmmState
{
    public Pubkey MintA;
    public Pubkey MintB;
    public UInt128 Liquidity;
    public UInt128 SqrtPrice;
    public int Tick;
    public int Spacing;
    public ulong FeeRate;
    public uint ProtocolRate;
    public uint FundRate;

    /// <summary>Unix time after which swaps are possible.</summary>
    public long OpenTime;

    /// <summary>Swaps are switched off in the status.</summary>
    public bool IsDisabled;

    /// <summary>Which arrays hold ticks.</summary>
    public RaydiumClmmBitmap Bitmap;

    /// <summary>The initialised ticks of all arrays that can be walked, ascending.</summary>
    public InitialisedTick[] Ticks;

    /// <summary>How many of <see cref="Ticks"/> are not above <see cref="Tick"/>.</summary>
    public int Position;

    /// <summary>Number of the array that holds <see cref="Tick"/>.</summary>
    public int Current;

    /// <summary>The arrays of a swap from A to B.</summary>
    public RaydiumClmmWindow Down;

    /// <summary>The arrays of a swap from B to A.</summary>
    public RaydiumClmmWindow Up;

    /// <summary>Ticks from the start of one array to that of the next.</summary>
    public readonly int Span => RaydiumClmmLayout.TicksPerArray * Spacing;

    /// <summary>The pool account's own bitmap does not reach all legal ticks.</summary>
    public readonly bool NeedsExtension => -RaydiumClmmBitmap.Lowest * Span <= RaydiumTickMath.TickMax;

    /// <summary>Decodes the fields of a pool account; the defect says whether they hold.</summary>
    public PoolDefect DecodePool(PoolAccount account)
    {
        var defect = AccountCheck.Owned(account, Programs.RaydiumClmm);
        if (defect != PoolDefect.None) return defect;
        var data = account.Data;
        if (!RaydiumClmmLayout.IsPool(data)) return PoolDefect.WrongLayout;
        MintA = AccountBytes.Key(data, RaydiumClmmLayout.Mint0);
        MintB = AccountBytes.Key(data, RaydiumClmmLayout.Mint1);
        Spacing = AccountBytes.U16(data, RaydiumClmmLayout.Spacing);
        Liquidity = AccountBytes.U128(data, RaydiumClmmLayout.Liquidity);
        SqrtPrice = AccountBytes.U128(data, RaydiumClmmLayout.SqrtPrice);
        Tick = RaydiumClmmLayout.ReadInt32(data, RaydiumClmmLayout.Tick);
        OpenTime = (long)Math.Min(AccountBytes.U64(data, RaydiumClmmLayout.OpenTime), long.MaxValue);
        IsDisabled = (data[RaydiumClmmLayout.Status] & RaydiumClmmLayout.SwapDisabled) != 0;
        if (!IsPossible()) return PoolDefect.ImpossibleValue;
        // Rules of 2026 that no vector proves.
        var isClassic = data[RaydiumClmmLayout.FeeOn] == 0
            && !data.Slice(RaydiumClmmLayout.DynamicFee, RaydiumClmmLayout.DynamicFeeLength)
                .ContainsAnyExcept((byte)0);
        return isClassic ? PoolDefect.None : PoolDefect.UnprovenRule;
    }

    /// <summary>Decodes the rates of a config; the defect says whether they hold.</summary>
    public PoolDefect DecodeConfig(PoolAccount account)
    {
        var defect = AccountCheck.Owned(account, Programs.RaydiumClmm);
        if (defect != PoolDefect.None) return defect;
        var data = account.Data;
        if (!RaydiumClmmLayout.IsConfig(data)) return PoolDefect.WrongLayout;
        FeeRate = RaydiumClmmLayout.ReadUInt32(data, RaydiumClmmLayout.TradeRate);
        ProtocolRate = RaydiumClmmLayout.ReadUInt32(data, RaydiumClmmLayout.ProtocolRate);
        FundRate = RaydiumClmmLayout.ReadUInt32(data, RaydiumClmmLayout.FundRate);
        if (FeeRate >= SwapFees.RateOne || (ulong)ProtocolRate + FundRate > SwapFees.RateOne)
            return PoolDefect.ImpossibleValue;
        // Beyond a half the fee on top of an amount may pass u64, where no vector tells what happens.
        return FeeRate <= SwapFees.RateOne / 2 ? PoolDefect.None : PoolDefect.UnprovenRule;
    }

    /// <summary>
    /// Reads the bitmaps; without need of the extension it is left alone. The pool's place must be on a proven side.
    /// </summary>
    public PoolDefect DecodeBitmaps(PoolAccount pool, PoolAccount? extension)
    {
        var outer = ReadOnlySpan<byte>.Empty;
        if (NeedsExtension)
        {
            if (extension is null) return PoolDefect.AccountMissing;
            var defect = AccountCheck.Owned(extension, Programs.RaydiumClmm);
            if (defect != PoolDefect.None) return defect;
            outer = extension.Data;
            if (!RaydiumClmmLayout.IsExtension(outer)) return PoolDefect.WrongLayout;
            if (AccountBytes.Key(outer, RaydiumClmmLayout.ExtensionPool) != pool.Key) return PoolDefect.ImpossibleValue;
        }
        Bitmap = RaydiumClmmBitmap.Read(pool.Data, outer, Bitmap);
        return NumberOf(Tick) < RaydiumClmmBitmap.Lowest ? PoolDefect.UnprovenRule : PoolDefect.None;
    }

    /// <summary>
    /// Finds the position among the ticks again after the pool moved, and the windows where they changed.
    /// </summary>
    public void Locate(RaydiumClmmAccounts accounts, bool areTicksNew)
    {
        if (areTicksNew || !TickOrder.IsCountUpTo(Ticks, Tick, Position))
            Position = TickOrder.CountUpTo(Ticks, Tick);
        var current = NumberOf(Tick);
        if (!areTicksNew && current == Current) return;
        Current = current;
        Down = Window(accounts, isDown: true);
        Up = Window(accounts, isDown: false);
    }

    /// <summary>Number of the array that holds a tick.</summary>
    public readonly int NumberOf(int tick) => (tick - (tick % Span + Span) % Span) / Span;

    private readonly bool IsPossible() =>
        Spacing != 0
        && !MintA.IsZero && !MintB.IsZero && MintA != MintB
        && Liquidity < LiquidityMath.LiquidityEnd
        && SqrtPrice >= RaydiumTickMath.SqrtPriceMin && SqrtPrice < RaydiumTickMath.SqrtPriceMax
        && IsTickOfPrice();

    // After a crossing downward the price is that of the tick above: equality is legal at both ends.
    private readonly bool IsTickOfPrice() =>
        Tick is >= RaydiumTickMath.TickMin - 1 and < RaydiumTickMath.TickMax
        && (Tick < RaydiumTickMath.TickMin || RaydiumTickMath.PriceAt(Tick) <= SqrtPrice)
        && SqrtPrice <= RaydiumTickMath.PriceAt(Tick + 1);

    private readonly RaydiumClmmWindow Window(RaydiumClmmAccounts accounts, bool isDown)
    {
        // Before the first array no tick stands, whatever the position.
        var window = new RaydiumClmmWindow { Bound = isDown ? int.MaxValue : 0 };
        var count = 0;
        var number = Bitmap.Next(Current, isDown);
        for (; number != RaydiumClmmBitmap.None; number = Bitmap.Next(isDown ? number - 1 : number + 1, isDown))
        {
            if (count == RaydiumClmmPool.ArraysPerSwap) return window with { End = QuoteError.NotEnoughTickArrays };
            var array = accounts.ArrayAt(number * Span);
            var obstacle = array is null ? PoolDefect.AccountMissing : array.Obstacle;
            if (array is null || obstacle != PoolDefect.None) return Closed(window, count, obstacle);
            window.Bound = TickOrder.CountUpTo(Ticks, isDown ? array.Start - 1 : array.Start + Span - 1);
            count++;
        }
        if (isDown && Bitmap.HasNegative) return Closed(window, count, PoolDefect.UnprovenRule);
        var end = count > 0 ? QuoteError.LiquidityInsufficient : QuoteError.LiquidityInsufficientForDirection;
        return window with { End = end };
    }

    private static RaydiumClmmWindow Closed(RaydiumClmmWindow window, int count, PoolDefect defect) => window with
    {
        End = QuoteError.NotQuotable,
        Defect = count == 0 ? defect : PoolDefect.None,
    };
}
