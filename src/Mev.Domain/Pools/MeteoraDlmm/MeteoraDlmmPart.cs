using Mev.Domain.Chain;

namespace Mev.Domain.Pools.MeteoraDlmm;

/// <summary>What one account of a pair was decoded to, the pair account and its mints aside.</summary>
/// <param name="Defect">Why its bytes cannot be used.</param>
/// <param name="IsExtension">It is the bitmap extension.</param>
/// <param name="Index">Index of a bin array.</param>
/// <param name="Prices">Prices of a bin array's bins, which never change and which copies share.</param>
internal readonly record struct MeteoraDlmmPart(PoolDefect Defect, bool IsExtension, int Index, UInt128[]? Prices)
{
    private const int IndexLimit = BinPrice.BinLimit / MeteoraDlmmLayout.BinsPerArray + 1;

    /// <summary>It is a bin array that can be used.</summary>
    public bool IsArray => Prices is not null && Defect == PoolDefect.None;

    /// <summary>
    /// Decodes an account that was taken for a part of <paramref name="pool"/>; one that is closed is none. Bins stay
    /// in their bytes; a price that stands there must be the one that follows from the bin's number.
    /// </summary>
    public static MeteoraDlmmPart Decode(PoolAccount account, PoolId pool, int step, in MeteoraDlmmPart previous)
    {
        if (!account.Exists) return default;
        if (account.Owner != Programs.MeteoraDlmm) return Broken(PoolDefect.WrongOwner);
        var data = account.Data;
        if (!MeteoraDlmmLayout.TryPairOf(data, out var owner)) return Broken(PoolDefect.WrongLayout);
        if (owner != pool.Address) return Broken(PoolDefect.ImpossibleValue);
        if (MeteoraDlmmLayout.IsExtension(data)) return new MeteoraDlmmPart(PoolDefect.None, true, 0, null);
        var index = AccountBytes.I64(data, MeteoraDlmmLayout.ArrayIndex);
        if (index is < -IndexLimit or > IndexLimit) return Broken(PoolDefect.ImpossibleValue);
        var isKnown = previous.Prices is not null && previous.Index == index;
        var prices = isKnown ? previous.Prices! : PricesOf((int)index, step);
        return new MeteoraDlmmPart(
            HoldsPrices(data, prices) ? PoolDefect.None : PoolDefect.ImpossibleValue, false, (int)index, prices);
    }

    private static MeteoraDlmmPart Broken(PoolDefect defect) => new(defect, false, 0, null);

    private static UInt128[] PricesOf(int index, int step)
    {
        var prices = new UInt128[MeteoraDlmmLayout.BinsPerArray];
        for (var at = 0; at < prices.Length; at++)
            prices[at] = BinPrice.At(index * MeteoraDlmmLayout.BinsPerArray + at, step).Value;
        return prices;
    }

    private static bool HoldsPrices(ReadOnlySpan<byte> array, ReadOnlySpan<UInt128> prices)
    {
        for (var at = 0; at < prices.Length; at++)
        {
            var price = AccountBytes.U128(
                array, MeteoraDlmmLayout.Bins + at * BinLayout.Length + BinLayout.Price);
            if (price != prices[at] && price != UInt128.Zero) return false;
        }
        return true;
    }
}
