using Mev.Domain.Chain;

namespace Mev.Domain.Pools.Whirlpool;

/// <summary>
/// The accounts of one Whirlpool: the pool account in the first place, the mints that it names, and tick arrays as they
/// appear.
/// </summary>
internal sealed class WhirlpoolAccounts(PoolId id)
{
    /// <summary>Tick arrays that one pool can have: all legal starts at a spacing of 1. More are ignored.</summary>
    public const int ArraysMax = 2 * TickMath.TickMax / WhirlpoolLayout.TicksPerArray + 2;

    private const int PlacesMax = ArraysMax + 3; // the pool account and two mints

    private PoolAccount[] _accounts = [new PoolAccount(id.Address), null!, null!, null!];
    private WhirlpoolTickArray?[] _arrays = new WhirlpoolTickArray?[4]; // beside _accounts; null when absent
    private int _count = 1;
    private int _mintA; // places; 0 before the pool account named them
    private int _mintB;
    private object _version = new(); // another one after each change but of the pool account: copies compare it

    /// <summary>All of them.</summary>
    public ReadOnlySpan<PoolAccount> All => _accounts.AsSpan(0, _count);

    /// <summary>The pool account.</summary>
    public PoolAccount Pool => _accounts[0];

    /// <summary>The account of mint A, once named.</summary>
    public PoolAccount MintA => _accounts[_mintA];

    /// <summary>The account of mint B, once named.</summary>
    public PoolAccount MintB => _accounts[_mintB];

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

    /// <summary>The pool account, when it is one, names its mints; one that stays keeps its bytes.</summary>
    public void NameMints()
    {
        if (Pool.Owner != Programs.Whirlpool || !WhirlpoolLayout.IsPool(Pool.Data)) return;
        Name(ref _mintA, new Pubkey(Pool.Data[WhirlpoolLayout.MintA..]));
        Name(ref _mintB, new Pubkey(Pool.Data[WhirlpoolLayout.MintB..]));
    }

    /// <summary>A mint stands in that place: it was written, and decodes into nothing here.</summary>
    public bool TakesMint(int place)
    {
        if (place != _mintA && place != _mintB) return false;
        _version = new object();
        return true;
    }

    /// <summary>Makes a place for a tick array of this pool; false when the write is none.</summary>
    public bool TryAdd(in AccountWrite write, out int place)
    {
        place = -1;
        var isArray = WhirlpoolLayout.TryPoolOfArray(write.Data.Span, out var pool);
        if (!isArray || pool != id.Address || write.Owner != Programs.Whirlpool || _count >= PlacesMax) return false;
        place = Add(write.Key);
        return true;
    }

    /// <summary>Decodes a tick array after a write; false when its initialised ticks stay as they were.</summary>
    public bool TryDecodeArray(int place, int spacing)
    {
        _version = new object();
        if (spacing == 0) return false;
        var previous = _arrays[place];
        _arrays[place] = Decode(place, spacing, previous);
        return !ReferenceEquals(previous, _arrays[place]);
    }

    /// <summary>Decodes every tick array for a new spacing.</summary>
    public void DecodeArrays(int spacing)
    {
        _version = new object();
        for (var place = 1; place < _count; place++)
            _arrays[place] = Decode(place, spacing, previous: null);
    }

    /// <summary>
    /// Lists the ticks of all fixed arrays ascending and the starts of the dynamic ones, in new arrays because copies
    /// share them; the defect is that of the first array that has one.
    /// </summary>
    public PoolDefect Prepare(out InitialisedTick[] ticks, out int[] dynamicStarts)
    {
        var arrays = _arrays.Take(_count).OfType<WhirlpoolTickArray>().OrderBy(array => array.Start).ToList();
        ticks = arrays.Where(array => !array.IsDynamic).SelectMany(array => array.Ticks).ToArray();
        dynamicStarts = arrays.Where(array => array.IsDynamic).Select(array => array.Start).ToArray();
        var defect = arrays.Select(array => array.Defect).FirstOrDefault(defect => defect != PoolDefect.None);
        if (defect != PoolDefect.None) return defect;
        var isUnique = arrays.DistinctBy(array => array.Start).Count() == arrays.Count;
        return isUnique ? PoolDefect.None : PoolDefect.ImpossibleValue;
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
    public void CopyFrom(WhirlpoolAccounts other)
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
        (_mintA, _mintB) = (other._mintA, other._mintB);
    }

    private void Name(ref int place, Pubkey mint)
    {
        if (place == 0) place = Add(mint);
        else if (_accounts[place].Key != mint) _accounts[place] = new PoolAccount(mint);
        else return;
        _version = new object();
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

    private WhirlpoolTickArray? Decode(int place, int spacing, WhirlpoolTickArray? previous) =>
        _accounts[place].Exists && place != _mintA && place != _mintB
            ? WhirlpoolTickArray.Decode(_accounts[place], id, spacing, previous)
            : null;
}
