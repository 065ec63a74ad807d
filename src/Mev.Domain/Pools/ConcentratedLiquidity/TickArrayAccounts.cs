using Mev.Domain.Chain;

namespace Mev.Domain.Pools.ConcentratedLiquidity;

/// <summary>
/// The accounts of one pool with tick arrays: the pool account in the first place, those that it names, and tick arrays
/// as they appear. More than <paramref name="placesMax"/> are ignored.
/// </summary>
internal abstract class TickArrayAccounts<TArray>(PoolId id, int placesMax)
    where TArray : class, ITickArray
{
    private const int NamedMax = 3; // a config and two mints

    private readonly int[] _named = new int[NamedMax]; // places; 0 before the pool account named them
    private PoolAccount[] _accounts = [new PoolAccount(id.Address), null!, null!, null!];
    private TArray?[] _arrays = new TArray?[4]; // beside _accounts; null when absent
    private int _count = 1;
    private object _version = new(); // another one after each change but of the pool account: copies compare it

    /// <summary>All of them.</summary>
    public ReadOnlySpan<PoolAccount> All => _accounts.AsSpan(0, _count);

    /// <summary>The pool account.</summary>
    public PoolAccount Pool => _accounts[0];

    /// <summary>Address of the pool account.</summary>
    protected PoolId Id => id;

    /// <summary>The account in a place of <see cref="All"/>.</summary>
    public PoolAccount this[int place] => _accounts[place];

    /// <summary>Where an account stands; -1 when it is not of this pool.</summary>
    public int PlaceOf(Pubkey key)
    {
        for (var place = 0; place < _count; place++)
            if (_accounts[place].Key == key) return place;
        return -1;
    }

    /// <summary>Where the decoded tick array with this start stands; -1 when there is none.</summary>
    public int PlaceOfArray(int start)
    {
        for (var place = 1; place < _count; place++)
            if (_arrays[place] is { } array && array.Start == start) return place;
        return -1;
    }

    /// <summary>The decoded tick array with this start; null when there is none.</summary>
    public TArray? ArrayAt(int start)
    {
        var place = PlaceOfArray(start);
        return place < 0 ? null : _arrays[place];
    }

    /// <summary>The account in that place, which is no tick array, was written: it decodes into nothing here.</summary>
    public bool TakesOther(int place)
    {
        if (IsArrayPlace(place)) return false;
        _version = new object();
        return true;
    }

    /// <summary>Makes a place for an account whose bytes name this pool; false when they do not.</summary>
    public bool TryAdd(in AccountWrite write, out int place)
    {
        place = -1;
        if (!IsPart(write) || _count >= placesMax) return false;
        place = Add(write.Key);
        OnAdded(write, place);
        return true;
    }

    /// <summary>Decodes a tick array after a write; false when its initialised ticks stay as they were.</summary>
    public bool TryDecodeArray(int place, int spacing)
    {
        _version = new object();
        if (spacing == 0) return false;
        var previous = _arrays[place];
        _arrays[place] = DecodePlace(place, spacing, previous);
        return !ReferenceEquals(previous, _arrays[place]);
    }

    /// <summary>Decodes every tick array for a new spacing.</summary>
    public void DecodeArrays(int spacing)
    {
        _version = new object();
        for (var place = 1; place < _count; place++)
            _arrays[place] = DecodePlace(place, spacing, previous: null);
    }

    /// <summary>The bytes of the tick array with this start, for writing in place.</summary>
    public PoolAccount EditArray(int start, out Span<byte> data)
    {
        _version = new object();
        var account = _accounts[PlaceOfArray(start)];
        data = account.Edit();
        return account;
    }

    /// <summary>Becomes equal to another one of the same pool.</summary>
    public virtual void CopyFrom(TickArrayAccounts<TArray> other)
    {
        Pool.CopyFrom(other.Pool);
        if (ReferenceEquals(_version, other._version)) return;
        if (_accounts.Length < other._count)
        {
            Array.Resize(ref _accounts, other._accounts.Length);
            Array.Resize(ref _arrays, other._accounts.Length);
        }
        for (var place = 1; place < other._count; place++)
        {
            if (place >= _count || _accounts[place].Key != other._accounts[place].Key)
                _accounts[place] = new PoolAccount(other._accounts[place].Key);
            _accounts[place].CopyFrom(other._accounts[place]);
            _arrays[place] = other._arrays[place];
        }
        (_count, _version) = (other._count, other._version);
        other._named.CopyTo(_named, 0);
    }

    /// <summary>The write is of a tick array, or of another account whose bytes name this pool.</summary>
    protected abstract bool IsPart(in AccountWrite write);

    /// <summary>Decodes a tick array; the same object again when its initialised ticks stay as they were.</summary>
    protected abstract TArray Decode(PoolAccount account, int spacing, TArray? previous);

    /// <summary>An account got its place.</summary>
    protected virtual void OnAdded(in AccountWrite write, int place)
    {
    }

    /// <summary>The account in that place is taken for a tick array.</summary>
    protected virtual bool IsArrayPlace(int place) => place != 0 && !_named.AsSpan().Contains(place);

    /// <summary>The account that the pool account names so; itself before it named any.</summary>
    protected PoolAccount Named(int number) => _accounts[_named[number]];

    /// <summary>The pool account names an account; one that stays keeps its bytes.</summary>
    protected void Name(int number, Pubkey key)
    {
        ref var place = ref _named[number];
        if (place == 0) place = Add(key);
        else if (_accounts[place].Key != key) _accounts[place] = new PoolAccount(key);
        else return;
        _version = new object();
    }

    /// <summary>The decoded tick arrays, ascending.</summary>
    protected List<TArray> InOrder() => [.. _arrays.Take(_count).OfType<TArray>().OrderBy(array => array.Start)];

    /// <summary>The defect of the first array that has one, or that two start at the same tick.</summary>
    protected static PoolDefect DefectOf(List<TArray> arrays)
    {
        var defect = arrays.Select(array => array.Defect).FirstOrDefault(defect => defect != PoolDefect.None);
        if (defect != PoolDefect.None) return defect;
        var isUnique = arrays.DistinctBy(array => array.Start).Count() == arrays.Count;
        return isUnique ? PoolDefect.None : PoolDefect.ImpossibleValue;
    }

    private int Add(Pubkey key)
    {
        if (_count == _accounts.Length)
        {
            Array.Resize(ref _accounts, 2 * _count);
            Array.Resize(ref _arrays, 2 * _count);
        }
        _accounts[_count] = new PoolAccount(key);
        _arrays[_count] = null;
        return _count++;
    }

    private TArray? DecodePlace(int place, int spacing, TArray? previous) =>
        _accounts[place].Exists && IsArrayPlace(place) ? Decode(_accounts[place], spacing, previous) : null;
}
