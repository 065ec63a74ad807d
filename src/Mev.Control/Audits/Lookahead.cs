namespace Mev.Control.Audits;

/// <summary>A sequence of which the next few can be looked at before they are taken.</summary>
internal sealed class Lookahead<T>(IAsyncEnumerable<T> items, CancellationToken cancellationToken) : IAsyncDisposable
{
    private const int TakenMax = 4_096; // that still lie in the list

    private readonly IAsyncEnumerator<T> _items = items.GetAsyncEnumerator(cancellationToken);
    private readonly List<T> _list = [];
    private int _taken;
    private bool _isOver;

    /// <summary>Whether there is one so many places on; 0 is the next.</summary>
    public async ValueTask<bool> Has(int place)
    {
        while (_list.Count - _taken <= place && !_isOver)
        {
            if (await _items.MoveNextAsync()) _list.Add(_items.Current);
            else _isOver = true;
        }
        return _list.Count - _taken > place;
    }

    /// <summary>One that <see cref="Has"/> said is there.</summary>
    public T At(int place) => _list[_taken + place];

    /// <summary>Goes one on; false at the end.</summary>
    public async ValueTask<bool> Skip()
    {
        if (!await Has(0)) return false;
        if (++_taken == TakenMax)
        {
            _list.RemoveRange(0, _taken);
            _taken = 0;
        }
        return true;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _items.DisposeAsync();
}
