using Mev.Domain.Chain;
using Mev.Domain.Pools.ConcentratedLiquidity;

namespace Mev.Domain.Pools.Whirlpool;

/// <summary>
/// What a quote reads: the decoded fields of the pool account, the prepared ticks of all its arrays, and where the pool
/// stands among them. A value, so a copy of a pool copies it whole; the prepared arrays are shared and never change.
/// </summary>
internal struct WhirlpoolState
{
    public Pubkey MintA;
    public Pubkey MintB;
    public UInt128 Liquidity;
    public UInt128 SqrtPrice;
    public int Tick;
    public int Spacing;
    public ulong FeeRate;
    public ulong ProtocolShare;

    /// <summary>The initialised ticks of all fixed arrays, ascending.</summary>
    public InitialisedTick[] Ticks;

    /// <summary>Start ticks of the dynamic arrays.</summary>
    public int[] DynamicStarts;

    /// <summary>How many of <see cref="Ticks"/> are not above <see cref="Tick"/>.</summary>
    public int Position;

    /// <summary>The arrays of a swap from A to B.</summary>
    public WhirlpoolWindow Down;

    /// <summary>The arrays of a swap from B to A.</summary>
    public WhirlpoolWindow Up;

    private readonly int Span => WhirlpoolLayout.TicksPerArray * Spacing;

    /// <summary>Decodes the fields of a pool account; the defect says whether they hold.</summary>
    public PoolDefect DecodePool(PoolAccount account)
    {
        var data = account.Data;
        if (!account.Exists) return PoolDefect.AccountClosed;
        if (account.Owner != Programs.Whirlpool) return PoolDefect.WrongOwner;
        if (!WhirlpoolLayout.IsPool(data)) return PoolDefect.WrongLayout;
        MintA = new Pubkey(data[WhirlpoolLayout.MintA..]);
        MintB = new Pubkey(data[WhirlpoolLayout.MintB..]);
        Liquidity = WhirlpoolLayout.ReadUInt128(data, WhirlpoolLayout.Liquidity);
        SqrtPrice = WhirlpoolLayout.ReadUInt128(data, WhirlpoolLayout.SqrtPrice);
        Tick = WhirlpoolLayout.ReadInt32(data, WhirlpoolLayout.Tick);
        Spacing = WhirlpoolLayout.ReadUInt16(data, WhirlpoolLayout.Spacing);
        FeeRate = WhirlpoolLayout.ReadUInt16(data, WhirlpoolLayout.FeeRate);
        ProtocolShare = WhirlpoolLayout.ReadUInt16(data, WhirlpoolLayout.ProtocolRate);
        if (!IsPossible()) return PoolDefect.ImpossibleValue;
        // Any other seed means a fee tier with an adaptive fee, whose rule lies in an oracle account.
        var seed = WhirlpoolLayout.ReadUInt16(data, WhirlpoolLayout.FeeTierSeed);
        return seed == Spacing ? PoolDefect.None : PoolDefect.UnprovenRule;
    }

    /// <summary>
    /// Finds the position among the ticks again after the pool moved, and the windows where they changed.
    /// </summary>
    public void Locate(bool areTicksNew)
    {
        if (areTicksNew || !TickOrder.IsCountUpTo(Ticks, Tick, Position)) Position = CountUpTo(Tick);
        var first = FloorToSpan(Tick);
        if (areTicksNew || first != Down.FirstStart) SetDown(first);
        if (Tick + Spacing >= first + Span) first += Span;
        if (areTicksNew || first != Up.FirstStart) SetUp(first);
    }

    /// <summary>Start tick of the tick array that holds a tick.</summary>
    public readonly int FloorToSpan(int tick)
    {
        var rest = tick % Span;
        return tick - (rest < 0 ? rest + Span : rest);
    }

    private readonly bool IsPossible() =>
        Spacing != 0
        && ProtocolShare <= WhirlpoolFees.ProtocolShareOne
        && !MintA.IsZero && !MintB.IsZero && MintA != MintB
        && Liquidity < LiquidityMath.LiquidityEnd
        && SqrtPrice >= TickMath.SqrtPriceMin && SqrtPrice <= TickMath.SqrtPriceMax
        && IsTickOfPrice();

    // After a crossing downward the price is that of the tick above: equality is legal at both ends.
    private readonly bool IsTickOfPrice() =>
        Tick is >= TickMath.TickMin - 1 and <= TickMath.TickMax
        && (Tick < TickMath.TickMin || TickMath.PriceAt(Tick) <= SqrtPrice)
        && (Tick == TickMath.TickMax || SqrtPrice <= TickMath.PriceAt(Tick + 1));

    private readonly int CountUpTo(int tick) => TickOrder.CountUpTo(Ticks, tick);

    private void SetDown(int first)
    {
        var last = Math.Max(first - 2 * Span, Math.Min(first, FloorToSpan(TickMath.TickMin)));
        var edge = last;
        Down.IsOpaque = false;
        for (var start = first; start >= last && !Down.IsOpaque; start -= Span)
        {
            if (!DynamicStarts.AsSpan().Contains(start)) continue;
            Down.IsOpaque = true;
            edge = start + Span;
        }
        Down.IsShut = edge > first;
        (Down.FirstStart, Down.LastStart) = (first, last);
        Down.EdgeTick = Math.Clamp(edge, TickMath.TickMin, TickMath.TickMax);
        Down.EdgePrice = TickMath.PriceAt(Down.EdgeTick);
        Down.Bound = CountUpTo(edge - 1);
    }

    private void SetUp(int first)
    {
        var last = Math.Min(first + 2 * Span, FloorToSpan(TickMath.TickMax));
        var edge = last + Span - 1;
        Up.IsOpaque = false;
        for (var start = first; start <= last && !Up.IsOpaque; start += Span)
        {
            if (!DynamicStarts.AsSpan().Contains(start)) continue;
            Up.IsOpaque = true;
            edge = start;
        }
        Up.IsShut = first > last || (Up.IsOpaque && edge == first);
        (Up.FirstStart, Up.LastStart) = (first, last);
        Up.EdgeTick = Math.Clamp(edge, TickMath.TickMin, TickMath.TickMax);
        Up.EdgePrice = TickMath.PriceAt(Up.EdgeTick);
        Up.Bound = CountUpTo(edge);
    }
}
