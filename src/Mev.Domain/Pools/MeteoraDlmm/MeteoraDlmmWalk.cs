namespace Mev.Domain.Pools.MeteoraDlmm;

/// <summary>
/// The program's swap loop: bin by bin from the active one, array by array through the window, until the amount is used
/// up. What is left of it at the end of the window is the caller's refusal.
/// </summary>
internal ref struct MeteoraDlmmWalk<TTrace>
    where TTrace : struct, IBinTrace
{
    private readonly ref readonly MeteoraDlmmState _state;
    private readonly ReadOnlySpan<PoolAccount> _accounts;
    private readonly Volatility _volatility;
    private readonly bool _isXToY;
    private readonly bool _isFeeOnInput;
    private readonly bool _isExactIn;

    /// <summary>Starts at a state with <paramref name="amount"/> of the specified side to go.</summary>
    public MeteoraDlmmWalk(
        ref readonly MeteoraDlmmState state, ReadOnlySpan<PoolAccount> accounts, SwapDirection direction,
        ulong amount, bool isExactIn, Volatility volatility)
    {
        _state = ref state;
        _accounts = accounts;
        _volatility = volatility;
        (_isXToY, _isExactIn) = (direction == SwapDirection.AToB, isExactIn);
        _isFeeOnInput = state.IsFeeOnInput(direction);
        (Bin, Remaining) = (state.ActiveBin, amount);
    }

    /// <summary>The bin that the walk stands at.</summary>
    public int Bin { get; private set; }

    /// <summary>Fee rate of the last bin that gave something.</summary>
    public uint FeeRate { get; private set; }

    /// <summary>What is left of the specified amount.</summary>
    public ulong Remaining { get; private set; }

    /// <summary>Input so far, a fee on it included.</summary>
    public ulong In { get; private set; }

    /// <summary>Output so far, after a fee on it.</summary>
    public ulong Out { get; private set; }

    /// <summary>Bins entered after the first one, empty ones included.</summary>
    public int BinsEntered { get; private set; }

    /// <summary>Walks to the end and says why the program would refuse.</summary>
    public QuoteError Run(ref readonly BinWindow window, ref TTrace trace)
    {
        for (var place = 0; place < window.Count && Remaining != 0; place++)
        {
            ref readonly var array = ref window[place];
            if (array.Account < 0) return QuoteError.NotQuotable;
            if (MeteoraDlmmState.ArrayOf(Bin) != array.Index)
            {
                Bin = array.FirstBin + (_isXToY ? MeteoraDlmmLayout.BinsPerArray - 1 : 0);
                if (place == 0) BinsEntered++;
            }
            var error = RunThrough(in array, ref trace);
            if (error != QuoteError.None) return error;
        }
        return Remaining == 0 ? QuoteError.None : window.End;
    }

    private QuoteError RunThrough(ref readonly BinWindow.Entry array, ref TTrace trace)
    {
        var bins = _accounts[array.Account].Data[MeteoraDlmmLayout.Bins..];
        var step = _isXToY ? -1 : 1;
        for (var at = Bin - array.FirstBin; at is >= 0 and < MeteoraDlmmLayout.BinsPerArray; at += step)
        {
            // Stepping out of the pair's range is refused by a rule of which no vector tells.
            if (Bin < _state.BinMin || Bin > _state.BinMax) return QuoteError.NotQuotable;
            var bin = MeteoraDlmmBin.Read(
                bins.Slice(at * BinLayout.Length, BinLayout.Length), array.Prices[at], _isXToY,
                _state.DoOrdersCount);
            if (!bin.IsEmpty)
            {
                FeeRate = _state.Fees.RateAt(_volatility.At(Bin));
                var error = _isExactIn ? TakeIn(in bin, ref trace) : TakeOut(in bin, ref trace);
                if (error != QuoteError.None || Remaining == 0) return error;
            }
            Bin += step;
            BinsEntered++;
        }
        return QuoteError.None;
    }

    private QuoteError TakeIn(ref readonly MeteoraDlmmBin bin, ref TTrace trace)
    {
        if (!TryFill(in bin, Remaining, out var fill, out var fee)) return QuoteError.NotQuotable;
        return Book(in fill, fee, unchecked(fill.In + (_isFeeOnInput ? fee : 0)), 0, ref trace);
    }

    private QuoteError TakeOut(ref readonly MeteoraDlmmBin bin, ref TTrace trace)
    {
        unchecked
        {
            var fromBin = _isFeeOnInput
                ? (UInt128)Remaining
                : (UInt128)Remaining + MeteoraDlmmFees.OnTop(Remaining, FeeRate);
            var isAll = fromBin >= bin.Total;
            var input = ulong.MaxValue;
            if (!isAll)
            {
                if (!bin.Price.TryIn(_isXToY, (ulong)fromBin, out input)) return QuoteError.NotQuotable;
                var onTop = _isFeeOnInput ? MeteoraDlmmFees.OnTop(input, FeeRate) : 0;
                if (onTop > ulong.MaxValue - input) return QuoteError.NotQuotable;
                input += onTop;
            }
            if (!TryFill(in bin, input, out var fill, out var fee)) return QuoteError.NotQuotable;
            if (isAll && fill.Out != bin.Total) return QuoteError.NotQuotable;
            var given = fill.Out - (_isFeeOnInput ? 0 : fee);
            if (!isAll && given < Remaining) return QuoteError.Undetermined;
            return Book(in fill, fee, Math.Min(given, Remaining), isAll ? 0 : given - Remaining, ref trace);
        }
    }

    // One bin filled with an input of which the fee is a part, unless it is on the output.
    private readonly bool TryFill(ref readonly MeteoraDlmmBin bin, ulong input, out BinFill fill, out ulong fee)
    {
        unchecked
        {
            fee = _isFeeOnInput ? MeteoraDlmmFees.Within(input, FeeRate) : 0;
            var net = input - fee;
            if (!bin.TryFill(_isXToY, net, out fill)) return false;
            if (!_isFeeOnInput) fee = MeteoraDlmmFees.Within(fill.Out, FeeRate);
            else if (fill.In < net) fee = MeteoraDlmmFees.OnTop(fill.In, FeeRate);
            return true;
        }
    }

    // Adds a fill to the totals; what it gives too much for an exact output stays in the bin.
    private QuoteError Book(ref readonly BinFill fill, ulong fee, ulong used, ulong surplus, ref TTrace trace)
    {
        unchecked
        {
            var (amountIn, amountOut) = _isFeeOnInput
                ? (fill.In + fee, fill.Out - surplus)
                : (fill.In, fill.Out - fee - surplus);
            if (amountIn > ulong.MaxValue - In || amountOut > ulong.MaxValue - Out) return QuoteError.NotQuotable;
            In += amountIn;
            Out += amountOut;
            Remaining -= used;
            trace.OnFill(Bin, in fill, fee);
            return QuoteError.None;
        }
    }
}
