using Mev.Domain.Chain;
using Mev.Domain.Pools.ConcentratedLiquidity;

namespace Mev.Domain.Pools.RaydiumClmm;

/// <summary>
/// One tick array decoded: immutable, so pool copies share it. A write that leaves the initialised ticks as they are
/// (swaps only turn fee growths over) decodes to the same object again.
/// </summary>
internal sealed class RaydiumClmmTickArray : ITickArray
{
    private RaydiumClmmTickArray(PoolDefect defect, int start, bool hasOrders, InitialisedTick[] ticks) =>
        (Defect, Start, HasOrders, Ticks) = (defect, start, hasOrders, ticks);

    /// <inheritdoc/>
    public PoolDefect Defect { get; }

    /// <inheritdoc/>
    public int Start { get; }

    /// <inheritdoc/>
    public InitialisedTick[] Ticks { get; }

    /// <summary>
    /// Why no swap is walked through it although the bitmap marks it: limit orders, or no tick that the program's own
    /// search would find.
    /// </summary>
    public PoolDefect Obstacle =>
        HasOrders ? PoolDefect.UnprovenRule : Ticks.Length == 0 ? PoolDefect.ImpossibleValue : PoolDefect.None;

    private bool HasOrders { get; } // limit orders wait at a tick, a rule of 2026

    /// <summary>Decodes an account that was taken for a tick array of <paramref name="pool"/>.</summary>
    public static RaydiumClmmTickArray Decode(
        PoolAccount account, PoolId pool, int spacing, RaydiumClmmTickArray? previous)
    {
        var data = account.Data;
        if (account.Owner != Programs.RaydiumClmm) return Broken(PoolDefect.WrongOwner);
        if (!RaydiumClmmLayout.IsArray(data)) return Broken(PoolDefect.WrongLayout);
        var start = RaydiumClmmLayout.ReadInt32(data, RaydiumClmmLayout.ArrayStart);
        var owner = AccountBytes.Key(data, RaydiumClmmLayout.ArrayPool);
        if (owner != pool.Address || !IsLegalStart(start, spacing)) return Broken(PoolDefect.ImpossibleValue);

        var isComparable = previous is { Defect: PoolDefect.None } && previous.Start == start;
        var ticks = new TickCollector(isComparable ? previous!.Ticks : [], RaydiumTickMath.PriceAt);
        var hasOrders = false;
        for (var place = 0; place < RaydiumClmmLayout.TicksPerArray; place++)
        {
            var tick = data.Slice(
                RaydiumClmmLayout.ArrayTicks + place * RaydiumClmmLayout.TickLength, RaydiumClmmLayout.TickLength);
            hasOrders |= AccountBytes.U128(tick, RaydiumClmmLayout.TickOrders) != UInt128.Zero;
            if (AccountBytes.U128(tick, RaydiumClmmLayout.TickGross) == UInt128.Zero) continue;
            if (!TryTick(tick, start + place * spacing, ref ticks)) return Broken(PoolDefect.ImpossibleValue);
        }
        var isSame = isComparable && previous!.HasOrders == hasOrders && ticks.IsAsKnown;
        return isSame ? previous! : new RaydiumClmmTickArray(PoolDefect.None, start, hasOrders, ticks.ToArray());
    }

    /// <summary>
    /// Whether an array of this spacing may start there: a multiple of its span that holds a legal tick.
    /// </summary>
    public static bool IsLegalStart(int start, int spacing)
    {
        var span = RaydiumClmmLayout.TicksPerArray * spacing;
        return start % span == 0 && start > RaydiumTickMath.TickMin - span && start <= RaydiumTickMath.TickMax;
    }

    private static RaydiumClmmTickArray Broken(PoolDefect defect) => new(defect, 0, false, []);

    // The program goes by the index that the tick itself tells; it can only be that of its place.
    private static bool TryTick(ReadOnlySpan<byte> tick, int index, ref TickCollector ticks)
    {
        if (index is < RaydiumTickMath.TickMin or > RaydiumTickMath.TickMax) return false;
        if (RaydiumClmmLayout.ReadInt32(tick, 0) != index) return false;
        ticks.Add(index, unchecked((Int128)AccountBytes.U128(tick, RaydiumClmmLayout.TickNet)));
        return true;
    }
}
