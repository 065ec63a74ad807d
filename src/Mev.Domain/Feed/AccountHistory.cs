using System.Runtime.CompilerServices;
using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Domain.Feed;

/// <summary>
/// One account: the last value of each slot above the finalized one, the newest value at or below it, and the pools
/// that are made of it. The bytes of all versions share one array, whose places are used again: a steady stream of
/// writes makes no garbage. The value that is shown to others, possibly on another thread, keeps its place until
/// another one is shown.
/// </summary>
internal sealed class AccountHistory(Pubkey key)
{
    private const int CacheLine = 64;

    // Beyond _count lie the entries that are free, each with its place in _bytes.
    private AccountVersion[] _versions = [];
    private byte[] _bytes = [];
    private int _stride;
    private int _count;
    private AccountVersion _shown;
    private byte[] _shownBytes = [];
    private int _shownAt;

    public Pubkey Key { get; } = key;

    /// <summary>The pools that have this account among theirs.</summary>
    public AssembledPool[] Pools { get; private set; } = [];

    /// <summary>A value was shown, be it that the account does not exist.</summary>
    public bool IsShown { get; private set; }

    /// <summary>Version of the value shown.</summary>
    public (Slot Slot, ulong WriteVersion, bool Exists) ShownVersion =>
        (_shown.Slot, _shown.WriteVersion, !_shown.IsClosed);

    /// <summary>The pool whose pool account this is.</summary>
    public AssembledPool? Own { get; set; }

    /// <summary>No pool names it so far.</summary>
    public bool IsOrphan { get; set; }

    /// <summary>Bytes that it weighs as an orphan.</summary>
    public int OrphanBytes { get; set; }

    /// <summary>The pool that its bytes name, while that pool is not known; null otherwise.</summary>
    public PoolId? PartOf { get; set; }

    /// <summary>Waits in a list to be applied to its pools.</summary>
    public bool IsPending { get; set; }

    /// <summary>It is not in the table of accounts any longer.</summary>
    public bool IsForgotten { get; set; }

    /// <summary>Number of the stream whose snapshot held it last; -1 for none.</summary>
    public int SnapshotBy { get; set; } = -1;

    /// <summary>A roll back left nothing although something existed: unknown until the next write.</summary>
    public bool IsDoubted { get; set; }

    /// <summary>Owner and length for which the role of the account was found out last.</summary>
    public (Pubkey Owner, int Length) Classified { get; set; }

    /// <summary>A version above the finalized slot was forgotten: 'no version' is not 'never existed'.</summary>
    public bool HasForgotten { get; private set; }

    public bool IsEmpty => _count == 0;

    public int Count => _count;

    public bool IsClosed => _count > 0 && _versions[_count - 1].IsClosed;

    /// <summary>The newest value; a closed account when there is none.</summary>
    public AccountWrite Newest() => _count > 0
        ? _versions[_count - 1].ToWrite(Key, _bytes.AsMemory(PlaceOf(_count - 1), _versions[_count - 1].Length))
        : new AccountWrite
        {
            Key = Key,
            Owner = default,
            Lamports = 0,
            Slot = default,
            WriteVersion = 0,
            Data = default,
        };

    /// <summary>Its present value, or that it is in the snapshot, comes from that stream.</summary>
    public bool IsSentBy(int source) =>
        SnapshotBy == source || (_count > 0 && _versions[_count - 1].Source == source);

    /// <summary>The write would replace the newest value.</summary>
    public bool IsNewer(in AccountWrite write, int source) =>
        _count == 0 || _versions[_count - 1].CompareTo(write, source) < 0;

    /// <summary>
    /// Puts a write in its place. <paramref name="isNewSlot"/> says that its slot held no value of this account before;
    /// <paramref name="isEvicted"/> that the oldest version had to go.
    /// </summary>
    public Placement Insert(
        in AccountWrite write, int source, Slot floor, int versionsMax, out bool isNewSlot, out bool isEvicted)
    {
        (isNewSlot, isEvicted) = (false, false);
        if (_count + 1 >= _versions.Length) Prune(floor);
        var at = _count;
        while (at > 0 && _versions[at - 1].CompareTo(write, source) > 0) at--;
        if (at > 0 && _versions[at - 1].CompareTo(write, source) == 0) return Placement.Duplicate;
        if (at > 0 && IsSameSlot(_versions[at - 1], write))
        {
            if (IsShownPlace(_versions[at - 1].Place)) Exchange(at - 1, FreeEntry(versionsMax));
            Set(at - 1, write, source);
            return at == _count ? Placement.Newest : Placement.Kept;
        }
        if (at < _count && (IsSameSlot(_versions[at], write) || _versions[at].Slot <= floor)) return Placement.Late;
        if (_count >= versionsMax)
        {
            if (at == 0) return Placement.Late;
            HasForgotten |= _versions[0].Slot > floor;
            isEvicted = true;
            RemoveAt(0);
            at--;
        }
        Exchange(_count, FreeEntry(versionsMax));
        var place = _versions[_count].Place;
        Array.Copy(_versions, at, _versions, at + 1, _count - at);
        _versions[at].Place = place;
        _count++;
        Set(at, write, source);
        isNewSlot = true;
        return at == _count - 1 ? Placement.Newest : Placement.Kept;
    }

    /// <summary>Forgets what a finalized slot makes unreachable.</summary>
    public void Prune(Slot floor)
    {
        var keep = _count - 1;
        while (keep > 0 && _versions[keep].Slot > floor) keep--;
        for (; keep > 0; keep--) RemoveAt(0);
        if (_count > 0 && _versions[0].Slot <= floor) HasForgotten = false;
    }

    /// <summary>Undoes the live values of a slot; true when the newest one was among them.</summary>
    public bool Rollback(Slot slot, out int removed)
    {
        removed = 0;
        var wasNewest = false;
        for (var i = _count - 1; i >= 0; i--)
        {
            if (_versions[i].Slot != slot || _versions[i].IsStartup) continue;
            wasNewest |= i == _count - 1;
            RemoveAt(i);
            removed++;
        }
        return wasNewest;
    }

    /// <summary>Forgets what earlier streams told of slots above the finalized one; true when the newest was.</summary>
    public bool ForgetEarlierSources(int source, Slot floor)
    {
        var wasNewest = false;
        for (var i = _count - 1; i >= 0; i--)
        {
            if (_versions[i].Source >= source || _versions[i].Slot <= floor) continue;
            wasNewest |= i == _count - 1;
            RemoveAt(i);
        }
        return wasNewest;
    }

    /// <summary>Shows the newest value from now on; inside the gates of its pools.</summary>
    public void Show()
    {
        IsShown = true;
        (_shown, _shownBytes, _shownAt) = _count == 0
            ? (default, [], 0)
            : (_versions[_count - 1], _bytes, PlaceOf(_count - 1));
    }

    /// <summary>The value shown; a closed account where there is none. Inside the gate of one of its pools.</summary>
    public AccountWrite Shown() => _shown.ToWrite(Key, _shownBytes.AsMemory(_shownAt, _shown.Length));

    /// <summary>The pool is made of this account too.</summary>
    public void AddPool(AssembledPool pool) => Pools = [.. Pools, pool];

    /// <summary>The pool is not made of this account any longer.</summary>
    public void RemovePool(AssembledPool pool) => Pools = Array.FindAll(Pools, other => other != pool);

    /// <summary>
    /// Reads what an insertion will need, so that it is at hand then: first of this object. The steps are not inlined,
    /// or the compiler would leave the reads out.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public long Touch() => _count + _shownAt + (IsPending ? 1 : 0);

    /// <summary>Then of what the object points at.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public long TouchNewest() =>
        (_count == 0 ? 0 : _versions[_count - 1].Place) + (Pools.Length == 0 ? 0 : Pools[0].Number);

    /// <summary>Then the bytes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public long TouchBytes()
    {
        if (_count == 0) return 0;
        var (sum, at) = (0L, PlaceOf(_count - 1));
        for (var i = 0; i < _versions[_count - 1].Length; i += CacheLine) sum += _bytes[at + i];
        return sum;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => (_versions, _bytes, _stride, _count) = ([], [], 0, 0);

    private static bool IsSameSlot(in AccountVersion version, in AccountWrite write) =>
        version.Slot == write.Slot && version.IsStartup == write.IsStartup;

    private int PlaceOf(int version) => _versions[version].Place * _stride;

    private bool IsShownPlace(int place) => ReferenceEquals(_bytes, _shownBytes) && _shown.Place == place;

    private int FreeEntry(int versionsMax)
    {
        for (var entry = _count; entry < _versions.Length; entry++)
            if (!IsShownPlace(_versions[entry].Place)) return entry;
        // Room for two more than the bound: the value shown, and the one that takes its place.
        Resize(Math.Min(_versions.Length + _versions.Length / 2 + 1, versionsMax + 2), _stride);
        return _count;
    }

    private void Exchange(int version, int free) =>
        (_versions[version].Place, _versions[free].Place) = (_versions[free].Place, _versions[version].Place);

    private void Set(int version, in AccountWrite write, int source)
    {
        if (write.Data.Length > _stride) Resize(_versions.Length, write.Data.Length);
        _versions[version].Set(write, source);
        write.Data.Span.CopyTo(_bytes.AsSpan(PlaceOf(version)));
    }

    // What is shown stays where it is, in the former array.
    private void Resize(int capacity, int stride)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(checked(capacity * stride));
        for (var i = 0; i < _count; i++)
            _bytes.AsSpan(PlaceOf(i), _versions[i].Length).CopyTo(bytes.AsSpan(_versions[i].Place * stride));
        var known = _versions.Length;
        Array.Resize(ref _versions, capacity);
        for (var i = known; i < capacity; i++) _versions[i].Place = i;
        (_bytes, _stride) = (bytes, stride);
    }

    private void RemoveAt(int index)
    {
        var place = _versions[index].Place;
        _count--;
        Array.Copy(_versions, index + 1, _versions, index, _count - index);
        _versions[_count].Place = place;
    }
}
