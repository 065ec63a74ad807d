using Mev.Domain.Chain;
using Mev.Domain.Pools.ConcentratedLiquidity;

namespace Mev.Domain.Pools.Whirlpool;

/// <summary>
/// One tick array decoded: immutable, so pool copies share it. A write that leaves the initialised ticks as they are
/// (swaps only turn fee growths over) decodes to the same object again.
/// </summary>
internal sealed class WhirlpoolTickArray : ITickArray
{
    private WhirlpoolTickArray(PoolDefect defect, int start, bool isDynamic, InitialisedTick[] ticks) =>
        (Defect, Start, IsDynamic, Ticks) = (defect, start, isDynamic, ticks);

    /// <inheritdoc/>
    public PoolDefect Defect { get; }

    /// <inheritdoc/>
    public int Start { get; }

    /// <summary>Of the dynamic kind, which no vector proves inside a swap.</summary>
    public bool IsDynamic { get; }

    /// <inheritdoc/>
    public InitialisedTick[] Ticks { get; }

    /// <summary>Decodes an account that was taken for a tick array of <paramref name="pool"/>.</summary>
    public static WhirlpoolTickArray Decode(
        PoolAccount account, PoolId pool, int spacing, WhirlpoolTickArray? previous)
    {
        var data = account.Data;
        if (account.Owner != Programs.Whirlpool) return Broken(PoolDefect.WrongOwner);
        if (!WhirlpoolLayout.TryPoolOfArray(data, out var owner)) return Broken(PoolDefect.WrongLayout);
        var start = WhirlpoolLayout.ReadInt32(data, WhirlpoolLayout.ArrayStart);
        if (owner != pool.Address || !IsLegalStart(start, spacing)) return Broken(PoolDefect.ImpossibleValue);

        var isDynamic = WhirlpoolLayout.IsDynamicArray(data);
        var known = previous is { Defect: PoolDefect.None } && previous.Start == start ? previous.Ticks : [];
        var ticks = new TickCollector(known, TickMath.PriceAt);
        var defect = isDynamic
            ? DecodeDynamic(data, start, spacing, ref ticks)
            : DecodeFixed(data, start, spacing, ref ticks);
        if (defect != PoolDefect.None) return Broken(defect);
        var isSame = previous is { Defect: PoolDefect.None } && previous.Start == start
            && previous.IsDynamic == isDynamic && ticks.IsAsKnown;
        return isSame ? previous! : new WhirlpoolTickArray(PoolDefect.None, start, isDynamic, ticks.ToArray());
    }

    /// <summary>
    /// Whether an array of this spacing may start there: a multiple of its span that holds a legal tick.
    /// </summary>
    public static bool IsLegalStart(int start, int spacing)
    {
        var span = WhirlpoolLayout.TicksPerArray * spacing;
        return start % span == 0 && start > TickMath.TickMin - span && start <= TickMath.TickMax;
    }

    private static WhirlpoolTickArray Broken(PoolDefect defect) => new(defect, 0, false, []);

    private static PoolDefect DecodeFixed(
        ReadOnlySpan<byte> data, int start, int spacing, ref TickCollector ticks)
    {
        for (var place = 0; place < WhirlpoolLayout.TicksPerArray; place++)
        {
            var offset = WhirlpoolLayout.FixedTicks + place * WhirlpoolLayout.FixedTickLength;
            var initialised = data[offset];
            if (initialised == 0) continue;
            if (initialised != 1) return PoolDefect.ImpossibleValue;
            if (!TryTick(data[(offset + WhirlpoolLayout.TickNet)..], start + place * spacing, ref ticks))
                return PoolDefect.ImpossibleValue;
        }
        return PoolDefect.None;
    }

    private static PoolDefect DecodeDynamic(
        ReadOnlySpan<byte> data, int start, int spacing, ref TickCollector ticks)
    {
        var bitmap = WhirlpoolLayout.ReadUInt128(data, WhirlpoolLayout.DynamicBitmap);
        if (bitmap >> WhirlpoolLayout.TicksPerArray != UInt128.Zero) return PoolDefect.ImpossibleValue;
        var offset = WhirlpoolLayout.DynamicTicks;
        for (var place = 0; place < WhirlpoolLayout.TicksPerArray; place++)
        {
            if (offset >= data.Length) return PoolDefect.WrongLayout;
            var initialised = data[offset++];
            if (initialised > 1 || initialised != (byte)((bitmap >> place) & UInt128.One))
                return PoolDefect.ImpossibleValue;
            if (initialised == 0) continue;
            if (offset + WhirlpoolLayout.DynamicTickLength > data.Length) return PoolDefect.WrongLayout;
            if (!TryTick(data[offset..], start + place * spacing, ref ticks))
                return PoolDefect.ImpossibleValue;
            offset += WhirlpoolLayout.DynamicTickLength;
        }
        return PoolDefect.None;
    }

    // The program clears a tick when its gross liquidity becomes 0, so an initialised one always has some.
    private static bool TryTick(ReadOnlySpan<byte> data, int index, ref TickCollector ticks)
    {
        var net = unchecked((Int128)WhirlpoolLayout.ReadUInt128(data, 0));
        var gross = WhirlpoolLayout.ReadUInt128(data, WhirlpoolLayout.TickGross - WhirlpoolLayout.TickNet);
        if (index is < TickMath.TickMin or > TickMath.TickMax || gross == UInt128.Zero) return false;
        ticks.Add(index, net);
        return true;
    }
}
