namespace Mev.Domain.Pools.ConcentratedLiquidity;

/// <summary>
/// Takes the ticks of an array in ascending order beside those known before. As long as they are the same nothing is
/// copied; the prices of those that stay are not computed again, those of others are the protocol's own.
/// </summary>
internal ref struct TickCollector(ReadOnlySpan<InitialisedTick> known, Func<int, UInt128> priceAt)
{
    private readonly ReadOnlySpan<InitialisedTick> _known = known;
    private List<InitialisedTick>? _changed;
    private int _next;

    /// <summary>Exactly the ticks known before were added.</summary>
    public readonly bool IsAsKnown => _changed is null && _next == _known.Length;

    /// <summary>Adds a tick above all added before.</summary>
    public void Add(int index, Int128 net)
    {
        if (_changed is null && _next < _known.Length && _known[_next].Index == index
            && _known[_next].LiquidityNet == net)
        {
            _next++;
            return;
        }
        _changed ??= [.. _known[.._next]];
        while (_next < _known.Length && _known[_next].Index < index) _next++;
        var isKnown = _next < _known.Length && _known[_next].Index == index;
        _changed.Add(new InitialisedTick(isKnown ? _known[_next].SqrtPrice : priceAt(index), net, index));
    }

    /// <summary>The ticks added.</summary>
    public readonly InitialisedTick[] ToArray() => _changed is null ? _known[.._next].ToArray() : [.. _changed];
}
