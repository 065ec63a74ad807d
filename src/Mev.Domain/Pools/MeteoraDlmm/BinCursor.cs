namespace Mev.Domain.Pools.MeteoraDlmm;

/// <summary>The bins of a window that give something in its direction, in walking order.</summary>
internal ref struct BinCursor(
    ref readonly MeteoraDlmmState state, ReadOnlySpan<PoolAccount> accounts, SwapDirection direction)
{
    private readonly ref readonly MeteoraDlmmState _state = ref state;
    private readonly ReadOnlySpan<PoolAccount> _accounts = accounts;
    private readonly bool _isXToY = direction == SwapDirection.AToB;
    private int _array;
    private int _next = state.ActiveBin;

    /// <summary>The bin stood upon.</summary>
    public int Bin { get; private set; }

    /// <summary>What it gives.</summary>
    public MeteoraDlmmBin Current { get; private set; }

    /// <summary>Steps to the next one; false at the end, or at an array that was not seen.</summary>
    public bool MoveNext()
    {
        ref readonly var window = ref _isXToY ? ref _state.Down : ref _state.Up;
        for (; _array < window.Count; _array++)
        {
            ref readonly var array = ref window[_array];
            if (array.Account < 0) return false;
            if (_isXToY) _next = Math.Min(_next, array.FirstBin + MeteoraDlmmLayout.BinsPerArray - 1);
            else _next = Math.Max(_next, array.FirstBin);
            if (FindIn(in array)) return true;
        }
        return false;
    }

    private bool FindIn(ref readonly BinWindow.Entry array)
    {
        var bins = _accounts[array.Account].Data[MeteoraDlmmLayout.Bins..];
        while (_next >= _state.BinMin && _next <= _state.BinMax)
        {
            var at = _next - array.FirstBin;
            if (at is < 0 or >= MeteoraDlmmLayout.BinsPerArray) return false;
            var bin = MeteoraDlmmBin.Read(
                bins.Slice(at * BinLayout.Length, BinLayout.Length), array.Prices[at], _isXToY,
                _state.DoOrdersCount);
            Bin = _next;
            _next += _isXToY ? -1 : 1;
            if (bin.IsEmpty) continue;
            Current = bin;
            return true;
        }
        return false;
    }
}
