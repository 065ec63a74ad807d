using Mev.Domain.Pools.Tokens;

namespace Mev.Domain.Pools.MeteoraDlmm;

/// <summary>
/// Lays straight pieces of a pool's curve end to end, in the user's amounts: a transfer fee takes a share up to its
/// maximum, and nothing more beyond.
/// </summary>
internal ref struct StraightPieces(Span<CurveSegment> segments, TransferFee feeIn, TransferFee feeOut)
{
    // Virtual reserves so large that a piece bends by less than a rounding of any amount below 2^64.
    private static readonly double Reserve = Math.ScaleB(1, 150);

    private readonly Span<CurveSegment> _segments = segments;
    private readonly Side _in = new(feeIn, isIn: true);
    private readonly Side _out = new(feeOut, isIn: false);
    private double _amountIn; // the pool's so far
    private double _amountOut;

    /// <summary>Pieces written.</summary>
    public int Count { get; private set; }

    /// <summary>No room for a further one.</summary>
    public readonly bool IsFull => Count >= _segments.Length;

    /// <summary>Adds a piece that gives <paramref name="total"/> before a fee on it.</summary>
    /// <param name="price">Output per input without fees.</param>
    /// <param name="total">Output of the whole piece.</param>
    /// <param name="keepIn">Share of the input that the pool's fee leaves.</param>
    /// <param name="keepOut">Share of the output that the pool's fee leaves.</param>
    public void Add(double price, double total, double keepIn, double keepOut)
    {
        var (slope, left) = (price * keepIn * keepOut, total / (price * keepIn));
        while (left > 0 && !IsFull)
        {
            // Up to the first place where a transfer fee comes to its maximum.
            var toCapIn = Distance(_amountIn, _in.Cap);
            var toCapOut = Distance(_amountOut, _out.Cap) / slope;
            var width = Math.Min(left, Math.Min(toCapIn, toCapOut));
            Put(price, width, keepIn, keepOut);
            _amountIn = width == toCapIn ? _in.Cap : _amountIn + width;
            _amountOut = width == toCapOut ? _out.Cap : _amountOut + width * slope;
            left -= width;
        }
    }

    private static double Distance(double amount, double cap) =>
        amount < cap ? cap - amount : double.PositiveInfinity;

    private void Put(double price, double width, double keepIn, double keepOut) =>
        _segments[Count++] = new CurveSegment(
            _in.Of(_amountIn), _in.Of(_amountIn + width), _out.Of(_amountOut), Reserve, Reserve * price,
            keepIn * _in.KeepAt(_amountIn), keepOut * _out.KeepAt(_amountOut));

    /// <summary>One mint: the pool's amount, of what is sent or received by the user.</summary>
    private readonly struct Side(TransferFee fee, bool isIn)
    {
        private readonly double _keep = 1 - (double)fee.BasisPoints / TransferFee.Whole;
        private readonly double _maximum = fee.Maximum;

        /// <summary>The pool's amount from which the fee stays at its maximum; infinity without a fee.</summary>
        public double Cap { get; } = fee.BasisPoints == 0
            ? double.PositiveInfinity
            : (double)fee.Maximum * TransferFee.Whole / fee.BasisPoints - (isIn ? fee.Maximum : 0);

        public double KeepAt(double amount) => amount >= Cap ? 1 : _keep;

        /// <summary>The user's amount for the pool's.</summary>
        public double Of(double amount)
        {
            if (amount >= Cap) return isIn ? amount + _maximum : amount - _maximum;
            return isIn ? amount / _keep : amount * _keep;
        }
    }
}
