using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Domain.Cycles;

/// <summary>
/// One hop's exact-in curve in real numbers, taken from its pool piece by piece, and a place on it: the input so far,
/// and the virtual reserves there.
/// </summary>
internal sealed class RelaxedCurve
{
    // More pieces than the ticks that a transaction can cross; most optima lie in the first few.
    private const int PiecesMax = 256;
    private const int PiecesAtFirst = 8;

    private readonly CurveSegment[] _pieces = new CurveSegment[PiecesMax];
    private Pool? _pool;
    private SwapDirection _direction;
    private ChainClock _clock;
    private int _count;
    private int _asked;
    private int _piece;
    private double _input;
    private double _reserveIn;
    private double _reserveOut;

    /// <summary>The pool had more pieces than are looked at.</summary>
    public bool IsCutShort { get; private set; }

    /// <summary>A piece keeps more than the one before it (a capped fee), so the curve is not concave there.</summary>
    public bool BendsUpward { get; private set; }

    /// <summary>Slope dOut/dIn at the place.</summary>
    public double Slope { get; private set; }

    /// <summary>Bend at the place: from there on the output is Slope * d / (1 + Bend * d) within the piece.</summary>
    public double Bend { get; private set; }

    /// <summary>Input up to the place, fee included.</summary>
    public double Input => _input;

    /// <summary>Input left until the piece ends.</summary>
    public double Left => Math.Max(0, _pieces[_piece].InEnd - _input);

    /// <summary>Goes to the start of a pool's curve at a clock; false when it has none.</summary>
    public bool Start(Pool pool, SwapDirection direction, in ChainClock clock)
    {
        (_pool, _direction, _clock) = (pool, direction, clock);
        Fill(PiecesAtFirst);
        return Enter(0);
    }

    /// <summary>Goes on by an input of at most what is left in the piece, and returns the output.</summary>
    public double Advance(double input)
    {
        ref readonly var piece = ref _pieces[_piece];
        var output = Slope * input / (1 + Bend * input);
        var kept = piece.Keep * input;
        _reserveOut = _reserveOut * _reserveIn / (_reserveIn + kept);
        _reserveIn += kept;
        _input += input;
        SetShape(piece);
        return output;
    }

    /// <summary>Enters the next piece; false at the end of the curve.</summary>
    public bool Next() => Enter(_piece + 1);

    /// <summary>Output for an input from the start, which holds its last value beyond the end of the curve.</summary>
    public double OutputFor(double input)
    {
        if (_count == _asked && _asked < PiecesMax && input > _pieces[_count - 1].InEnd) Fill(PiecesMax);
        var at = 0;
        while (at < _count - 1 && input > _pieces[at].InEnd) at++;
        ref readonly var piece = ref _pieces[at];
        var kept = piece.Keep * Math.Max(0, Math.Min(input, piece.InEnd) - piece.InStart);
        return piece.OutStart + piece.OutKeep * piece.ReserveOut * kept / (piece.ReserveIn + kept);
    }

    /// <summary>Input from the start that an output takes at least; infinity when the curve never yields it.</summary>
    public double InputFor(double output)
    {
        if (_count == _asked && _asked < PiecesMax && OutputAtEnd(_count - 1) < output) Fill(PiecesMax);
        var at = 0;
        while (at < _count - 1 && output > _pieces[at + 1].OutStart) at++;
        ref readonly var piece = ref _pieces[at];
        var drawn = Math.Max(0, output - piece.OutStart) / piece.OutKeep;
        if (drawn >= piece.ReserveOut) return double.PositiveInfinity;
        return piece.InStart + piece.ReserveIn * drawn / (piece.ReserveOut - drawn) / piece.Keep;
    }

    private double OutputAtEnd(int at)
    {
        ref readonly var piece = ref _pieces[at];
        var kept = piece.Keep * (piece.InEnd - piece.InStart);
        if (double.IsInfinity(kept)) return double.PositiveInfinity;
        return piece.OutStart + piece.OutKeep * piece.ReserveOut * kept / (piece.ReserveIn + kept);
    }

    private void Fill(int pieces)
    {
        _asked = pieces;
        _count = _pool!.FillCurve(_direction, _clock, _pieces.AsSpan(0, pieces));
        IsCutShort = _count == PiecesMax;
        BendsUpward = false;
        for (var i = 1; i < _count; i++)
            BendsUpward |= _pieces[i].Keep * _pieces[i].OutKeep > _pieces[i - 1].Keep * _pieces[i - 1].OutKeep;
    }

    // Pieces without width or liquidity are passed over.
    private bool Enter(int piece)
    {
        for (; ; piece++)
        {
            if (piece >= _count && _count == _asked && _asked < PiecesMax) Fill(PiecesMax);
            if (piece >= _count) return false;
            ref readonly var next = ref _pieces[piece];
            if (next.InEnd > next.InStart && next.ReserveIn > 0 && next.ReserveOut > 0) break;
        }
        _piece = piece;
        ref readonly var entered = ref _pieces[piece];
        (_input, _reserveIn, _reserveOut) = (entered.InStart, entered.ReserveIn, entered.ReserveOut);
        SetShape(entered);
        return true;
    }

    private void SetShape(in CurveSegment piece)
    {
        Slope = piece.OutKeep * piece.Keep * _reserveOut / _reserveIn;
        Bend = piece.Keep / _reserveIn;
    }
}
