namespace Mev.Domain.Pools.MeteoraDlmm;

/// <summary>What one bin has to give in one direction.</summary>
/// <param name="Price">Its price.</param>
/// <param name="Makers">Market makers' units of the output mint.</param>
/// <param name="Processed">The same of orders being filled; 0 when none count or they sell the other mint.</param>
/// <param name="Open">The same of orders that no swap has touched.</param>
/// <param name="Room">Units of the input mint that the market makers' amount can grow by before it passes u64.</param>
internal readonly record struct MeteoraDlmmBin(BinPrice Price, ulong Makers, ulong Processed, ulong Open, ulong Room)
{
    /// <summary>Nothing to give: a swap steps over it.</summary>
    public bool IsEmpty => (Makers | Processed | Open) == 0;

    /// <summary>All that it gives, above u64 only in impossible bytes.</summary>
    public UInt128 Total => (UInt128)Makers + Processed + Open;

    /// <summary>Reads a bin in place.</summary>
    /// <param name="bin">Its bytes.</param>
    /// <param name="price">Its price.</param>
    /// <param name="isXToY">X goes in.</param>
    /// <param name="doOrdersCount">Limit orders count in this pair.</param>
    public static MeteoraDlmmBin Read(ReadOnlySpan<byte> bin, UInt128 price, bool isXToY, bool doOrdersCount)
    {
        var x = AccountBytes.U64(bin, BinLayout.AmountX);
        var y = AccountBytes.U64(bin, BinLayout.AmountY);
        var (makers, other) = isXToY ? (y, x) : (x, y);
        var room = unchecked(ulong.MaxValue - other);
        var isServed = doOrdersCount && bin[BinLayout.AskSide] == (isXToY ? 0 : 1);
        if (!isServed) return new MeteoraDlmmBin(new BinPrice(price), makers, 0, 0, room);
        return new MeteoraDlmmBin(
            new BinPrice(price), makers, AccountBytes.U64(bin, BinLayout.ProcessedLeft),
            AccountBytes.U64(bin, BinLayout.OpenOrders), room);
    }

    /// <summary>
    /// Fills part after part with at most <paramref name="input"/>, each rounded by itself. False when a value leaves
    /// u64: the program refuses then, and no vector tells how.
    /// </summary>
    public bool TryFill(bool isXToY, ulong input, out BinFill fill)
    {
        fill = default;
        var left = input;
        if (!TryTake(isXToY, Makers, ref left, out var makersOut)) return false;
        var makersIn = unchecked(input - left);
        if (makersIn > Room) return false;
        if (!TryTake(isXToY, Processed, ref left, out var processedOut)) return false;
        if (!TryTake(isXToY, Open, ref left, out var openOut)) return false;
        var output = (UInt128)makersOut + processedOut + openOut;
        if (output > ulong.MaxValue) return false;
        fill = new BinFill(
            unchecked(input - left), unchecked((ulong)output), makersIn, makersOut, processedOut, openOut);
        return true;
    }

    private bool TryTake(bool isXToY, ulong amount, ref ulong left, out ulong output)
    {
        output = 0;
        if (amount == 0 || left == 0) return true;
        if (!Price.TryIn(isXToY, amount, out var whole)) return false;
        if (left >= whole)
        {
            output = amount;
            left = unchecked(left - whole);
            return true;
        }
        var isCountable = Price.TryOut(isXToY, left, out output);
        left = 0;
        return isCountable;
    }
}
