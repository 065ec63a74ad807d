using Mev.Domain.Chain;

namespace Mev.Domain.Pools.MeteoraDlmm;

/// <summary>
/// The accounts of one pair: the pair account in the first place, the Token-2022 mints that it names, and bin arrays
/// and the bitmap extension as they appear.
/// </summary>
internal sealed class MeteoraDlmmAccounts(PoolId id)
{
    /// <summary>Bin arrays that one pair can have: all that hold a legal bin. More are ignored.</summary>
    public const int ArraysMax = 2 * (BinPrice.BinLimit / MeteoraDlmmLayout.BinsPerArray + 1);

    private const int PlacesMax = ArraysMax + 4; // the pair account, two mints, the bitmap extension

    private PoolAccount[] _accounts = [new PoolAccount(id.Address), null!, null!, null!];
    private MeteoraDlmmPart[] _parts = new MeteoraDlmmPart[4]; // beside _accounts
    private int _count = 1;
    private int _mintX; // places; 0 before the pair account named one of Token-2022
    private int _mintY;
    private object _version = new(); // another one after each change but of the pair account: copies compare it

    /// <summary>All of them.</summary>
    public ReadOnlySpan<PoolAccount> All => _accounts.AsSpan(0, _count);

    /// <summary>The pair account.</summary>
    public PoolAccount Pair => _accounts[0];

    /// <summary>The account of mint X; null when it was never named as one of Token-2022.</summary>
    public PoolAccount? MintX => _mintX == 0 ? null : _accounts[_mintX];

    /// <summary>The same of mint Y.</summary>
    public PoolAccount? MintY => _mintY == 0 ? null : _accounts[_mintY];

    /// <summary>The account in a place of <see cref="All"/>.</summary>
    public PoolAccount this[int place] => _accounts[place];

    /// <summary>Where an account stands; -1 when it is not of this pair.</summary>
    public int PlaceOf(Pubkey key)
    {
        for (var place = 0; place < _count; place++)
            if (_accounts[place].Key == key) return place;
        return -1;
    }

    /// <summary>Where the bin array with this index stands; -1 when it was not seen.</summary>
    public int PlaceOfArray(int index)
    {
        for (var place = 1; place < _count; place++)
            if (_parts[place].Index == index && _parts[place].IsArray) return place;
        return -1;
    }

    /// <summary>Prices of the bins of the array in a place.</summary>
    public UInt128[] PricesAt(int place) => _parts[place].Prices!;

    /// <summary>The bitmap extension, null when none was seen.</summary>
    public PoolAccount? Extension
    {
        get
        {
            for (var place = 1; place < _count; place++)
                if (_parts[place].IsExtension) return _accounts[place];
            return null;
        }
    }

    /// <summary>The first defect of a bin array or the bitmap extension.</summary>
    public PoolDefect Defect
    {
        get
        {
            foreach (ref readonly var part in _parts.AsSpan(0, _count))
                if (part.Defect != PoolDefect.None) return part.Defect;
            return PoolDefect.None;
        }
    }

    /// <summary>The pair account, when it is one, names its Token-2022 mints; one that stays keeps its bytes.</summary>
    public void NameMints()
    {
        var pair = Pair.Data;
        if (Pair.Owner != Programs.MeteoraDlmm || !MeteoraDlmmLayout.IsPair(pair)) return;
        if (pair[MeteoraDlmmLayout.ProgramX] != 0)
            Name(ref _mintX, AccountBytes.Key(pair, MeteoraDlmmLayout.MintX));
        if (pair[MeteoraDlmmLayout.ProgramY] != 0)
            Name(ref _mintY, AccountBytes.Key(pair, MeteoraDlmmLayout.MintY));
    }

    /// <summary>A mint stands in that place: it was written, and decodes into nothing here.</summary>
    public bool TakesMint(int place)
    {
        if (place != _mintX && place != _mintY) return false;
        _version = new object();
        return true;
    }

    /// <summary>Makes a place for a bin array or the bitmap extension of this pair; false when it is neither.</summary>
    public bool TryAdd(in AccountWrite write, out int place)
    {
        place = -1;
        var isPart = MeteoraDlmmLayout.TryPairOf(write.Data.Span, out var pair);
        if (!isPart || pair != id.Address || write.Owner != Programs.MeteoraDlmm || _count >= PlacesMax) return false;
        place = Add(write.Key);
        return true;
    }

    /// <summary>Decodes a bin array or the bitmap extension after a write.</summary>
    public void DecodePart(int place, int step)
    {
        _version = new object();
        if (step == 0 || place == _mintX || place == _mintY) return;
        var part = MeteoraDlmmPart.Decode(_accounts[place], id, step, _parts[place]);
        _parts[place] = default;
        var isTwice = part.IsArray ? PlaceOfArray(part.Index) >= 0 : part.IsExtension && Extension is not null;
        _parts[place] = isTwice ? new MeteoraDlmmPart(PoolDefect.ImpossibleValue, false, 0, null) : part;
    }

    /// <summary>Decodes all of them for a new step.</summary>
    public void DecodeParts(int step)
    {
        Array.Clear(_parts);
        for (var place = 1; place < _count; place++) DecodePart(place, step);
    }

    /// <summary>The bytes of the account in a place, for writing in place.</summary>
    public Span<byte> Edit(int place)
    {
        _version = new object();
        return _accounts[place].Edit();
    }

    /// <summary>Becomes equal to another one of the same pair.</summary>
    public void CopyFrom(MeteoraDlmmAccounts other)
    {
        Pair.CopyFrom(other.Pair);
        if (ReferenceEquals(_version, other._version)) return;
        if (_accounts.Length < other._count)
        {
            Array.Resize(ref _accounts, other._accounts.Length);
            Array.Resize(ref _parts, other._accounts.Length);
        }
        for (var place = 1; place < other._count; place++)
        {
            if (place >= _count || _accounts[place].Key != other._accounts[place].Key)
                _accounts[place] = new PoolAccount(other._accounts[place].Key);
            _accounts[place].CopyFrom(other._accounts[place]);
            _parts[place] = other._parts[place];
        }
        (_count, _version) = (other._count, other._version);
        (_mintX, _mintY) = (other._mintX, other._mintY);
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
            Array.Resize(ref _parts, 2 * _count);
        }
        _accounts[_count] = new PoolAccount(key);
        _parts[_count] = default;
        return _count++;
    }
}
