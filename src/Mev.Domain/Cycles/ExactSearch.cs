namespace Mev.Domain.Cycles;

/// <summary>
/// The search in whole units around a real-valued optimum. Every input acts through the whole units of any one mint
/// on its way, so the stairs of the coarsest mint are what is tried: next to the optimum one by one, then spread over
/// all that could still pay more (fees rounded up make long sawteeth), then uphill from the best, and then, where they
/// are few enough, all that could pay more by rank, otherwise onwards from the optimum.
/// </summary>
internal sealed class ExactSearch
{
    private const double GoldenRatio = 0.6180339887498949;
    private const int NearStairsMax = 16;

    private readonly RelaxedCycle _relaxed;
    private readonly ExactCycle _exact;
    private readonly SizingLimits _limits;
    private readonly RankedStairs _ranked;
    private long _inputMax;
    private int _hop;
    private long _centre;
    private long _offset;
    private long _bestStair;
    private bool _isUpOpen;
    private bool _isDownOpen;

    public ExactSearch(RelaxedCycle relaxed, ExactCycle exact, SizingLimits limits)
    {
        (_relaxed, _exact, _limits) = (relaxed, exact, limits);
        _ranked = new RankedStairs(relaxed, exact);
    }

    /// <summary>Best input found by the last run, 0 when none pays.</summary>
    public long BestInput { get; private set; }

    /// <summary>Profit of it.</summary>
    public long BestProfit { get; private set; }

    /// <summary>Searches the cycle that is bound and maximised, among inputs up to a highest one.</summary>
    public SizingCertificate Run(long inputMax)
    {
        (BestInput, BestProfit, _inputMax) = (0, 0, inputMax);
        var start = ToUnits(_relaxed.Input);
        if (!Try(start) && !_exact.IsTooSmall) Retreat(start);
        if (IsClose()) return SizingCertificate.Bound;
        var areAllTried = TryStairs();
        if (IsClose()) return SizingCertificate.Bound;
        if (!_relaxed.IsConcave) return SizingCertificate.CurvePartial;
        return areAllTried ? SizingCertificate.Stairs : SizingCertificate.QuotesSpent;
    }

    private bool Try(long input)
    {
        var output = _exact.OutputFrom(0, input);
        if (output - input > BestProfit) (BestInput, BestProfit) = (input, output - input);
        return output > 0;
    }

    // The optimum lies where a pool can give no more or too many ticks are crossed: the largest input that still
    // passes is the best, found by doubling steps back and then halving.
    private void Retreat(long refused)
    {
        var passes = 0L;
        for (var step = 1L; step < refused && passes == 0; step *= 2)
        {
            if (Try(refused - step) || _exact.IsTooSmall) passes = refused - step;
            else refused -= step;
        }
        while (refused - passes > 1)
        {
            var middle = passes + (refused - passes) / 2;
            if (Try(middle) || _exact.IsTooSmall) passes = middle;
            else refused = middle;
        }
    }

    // Whether every stair that could pay more was tried.
    private bool TryStairs()
    {
        _hop = CoarsestHop();
        _centre = _bestStair = ToUnits(_relaxed.AmountInto(_hop));
        (_offset, _isUpOpen, _isDownOpen) = (0, true, true);
        if (TryOutwards(_limits.QuotesMax / 16)) return true;
        TrySpread(_limits.QuotesMax / 8);
        TryUphill(_limits.QuotesMax / 4);
        if (IsClose()) return true;
        var (low, high) = (Edge(isUp: false), Edge(isUp: true));
        var quotesLeft = _limits.QuotesMax - _exact.Quotes;
        var count = high - low + 1;
        return count <= RankedStairs.CountMax && count * (_exact.HopCount - _hop) <= quotesLeft
            ? TryRanked(low, (int)count)
            : TryOutwards(_limits.QuotesMax);
    }

    private bool TryOutwards(int quotesMax)
    {
        for (; _isUpOpen || _isDownOpen; _offset++)
        {
            if (IsClose()) return true;
            if (_exact.Quotes >= quotesMax) return false;
            _isUpOpen = _isUpOpen && TryStair(_centre + _offset, isUp: true);
            _isDownOpen = _isDownOpen && _offset + 1 < _centre && TryStair(_centre - _offset - 1, isUp: false);
        }
        return true;
    }

    private bool TryRanked(long low, int count)
    {
        _ranked.Fill(_hop, low, count);
        while (!IsClose())
        {
            var input = _ranked.Next(BestProfit, _limits.QuotesMax);
            if (input <= 0) return input == 0;
            if (input <= _inputMax) Try(input);
        }
        return true;
    }

    private void TrySpread(int quotesMax)
    {
        var (low, high, profitThen, place) = (0L, 0L, -1L, 0.0);
        // Bounded by the quotes, or by the places when a narrow range repeats what was tried.
        for (var i = 0; i < quotesMax && _exact.Quotes < quotesMax && !IsClose(); i++)
        {
            if (BestProfit > profitThen)
                (low, high, profitThen) = (Edge(isUp: false), Edge(isUp: true), BestProfit);
            place += GoldenRatio;
            place -= Math.Floor(place);
            var stair = low + (long)((high - low) * place);
            TryStair(stair, isUp: stair >= _centre);
        }
    }

    // Leaps from the best as long as that pays, else looks a little further on either side: where two coarse mints
    // follow each other the stairs of one have stairs of the other on them, and the next better one is not a neighbour.
    private void TryUphill(int quotesMax)
    {
        var (step, near) = (1L, 1L);
        while (near <= NearStairsMax && _exact.Quotes < quotesMax && !IsClose())
        {
            var profitThen = BestProfit;
            var stair = _bestStair + step;
            if (stair >= 1) TryStair(stair, isUp: stair >= _centre);
            if (BestProfit > profitThen) (step, near) = (2 * step, 1);
            else if (Math.Abs(step) > near) step = Math.Sign(step);
            else if (step > 0) step = -step;
            else step = ++near;
        }
    }

    // The last stair on one side that could pay more than the best, by the relaxation.
    private long Edge(bool isUp)
    {
        var (near, far) = (0L, isUp ? _centre : _centre - 1);
        while (far - near > 1)
        {
            var middle = near + (far - near) / 2;
            if (RelaxedProfitOf(isUp ? _centre + middle : _centre - middle) > BestProfit) near = middle;
            else far = middle;
        }
        return isUp ? _centre + near : _centre - near;
    }

    private double RelaxedProfitOf(long stair) =>
        _relaxed.OutputFrom(_hop, stair) - _relaxed.InputBringing(_hop, stair);

    // Tries the least input that brings a stair; false when no stair further out on that side can pay more.
    private bool TryStair(long stair, bool isUp)
    {
        var inputAtLeast = _relaxed.InputBringing(_hop, stair);
        var isBeyondOptimum = isUp == stair >= _relaxed.AmountInto(_hop);
        if (_relaxed.OutputFrom(_hop, stair) - inputAtLeast <= BestProfit) return !isBeyondOptimum;
        if (inputAtLeast > _inputMax) return !isUp;
        var output = _exact.OutputFrom(_hop, stair);
        if (output == 0) return isUp == _exact.IsTooSmall;
        if (output - inputAtLeast > BestProfit) TryLeastInput(stair);
        return true;
    }

    // The least input may bring more than the stair, so the whole chain decides.
    private void TryLeastInput(long stair)
    {
        var input = _exact.LeastInputFor(_hop, stair);
        if (input == 0 || input > _inputMax) return;
        var profitThen = BestProfit;
        Try(input);
        if (BestProfit > profitThen) _bestStair = stair;
    }

    private int CoarsestHop()
    {
        var coarsest = 0;
        for (var hop = 1; hop < _exact.HopCount; hop++)
            if (_relaxed.AmountInto(hop) < _relaxed.AmountInto(coarsest)) coarsest = hop;
        return coarsest;
    }

    private bool IsClose()
    {
        var gap = _relaxed.Profit - BestProfit;
        return gap <= _limits.GapUnits || gap * 1_000_000 <= _relaxed.Profit * _limits.GapPartsPerMillion;
    }

    private static long ToUnits(double amount) => (long)Math.Clamp(Math.Round(amount), 1, 4.6e18);
}
