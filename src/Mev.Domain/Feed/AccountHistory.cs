using System.Runtime.CompilerServices;
using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Domain.Feed;

/// <summary>
/// One account: the last value of each slot above the finalized one, the newest value at or below it, and the pools
/// that are made of it. The versions are a list in the store, linked both ways. The value that is shown to others,
/// possibly on another thread, keeps its place until another one is shown.
/// </summary>
internal sealed class AccountHistory(Pubkey key, VersionStore store)
{
    private const int CacheLine = 64;

    private int _newest = VersionStore.None;
    private int _oldest = VersionStore.None;
    private int _count;
    private int _shownPlace = VersionStore.None;
    private bool _isShared; // it was a pool's: somebody may still look at what is shown
    private bool _isShownLoose; // shown, but not among the versions any longer
    private AccountVersion _shown;
    private ReadOnlyMemory<byte> _shownBytes;

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

    public bool IsClosed => _count > 0 && store[_newest].IsClosed;

    /// <summary>The newest value; a closed account when there is none.</summary>
    public AccountWrite Newest() => _count > 0
        ? store[_newest].ToWrite(Key, store.Bytes(_newest, store[_newest].Length))
        : default(AccountVersion).ToWrite(Key, default);

    /// <summary>Its present value, or that it is in the snapshot, comes from that stream.</summary>
    public bool IsSentBy(int source) => SnapshotBy == source || (_count > 0 && store[_newest].Source == source);

    /// <summary>The write would replace the newest value.</summary>
    public bool IsNewer(in AccountWrite write, int source) =>
        _count == 0 || store[_newest].CompareTo(write, source) < 0;

    /// <summary>
    /// Puts a write in its place. <paramref name="isNewSlot"/> says that its slot held no value of this account before;
    /// <paramref name="isEvicted"/> that the oldest version had to go.
    /// </summary>
    public Placement Insert(
        in AccountWrite write, int source, Slot floor, int versionsMax, out bool isNewSlot, out bool isEvicted)
    {
        (isNewSlot, isEvicted) = (false, false);
        var (newer, older) = (VersionStore.None, _newest);
        while (older != VersionStore.None && store[older].CompareTo(write, source) > 0)
            (newer, older) = (older, store[older].Older);
        if (older != VersionStore.None)
        {
            if (store[older].CompareTo(write, source) == 0) return Placement.Duplicate;
            if (store[older].IsSameSlot(write))
            {
                Replace(older, write, source);
                return newer == VersionStore.None ? Placement.Newest : Placement.Kept;
            }
        }
        var isLate = newer != VersionStore.None && (store[newer].IsSameSlot(write) || store[newer].Slot <= floor);
        if (isLate) return Placement.Late;
        if (_count >= versionsMax) Prune(floor);
        if (_count >= versionsMax)
        {
            if (older == VersionStore.None) return Placement.Late;
            isEvicted = true;
            if (_oldest == older) older = VersionStore.None;
            HasForgotten |= store[_oldest].Slot > floor;
            Unlink(_oldest);
        }
        Link(newer, older, write, source);
        isNewSlot = true;
        if (newer != VersionStore.None) return Placement.Kept;
        Prune(floor);
        return Placement.Newest;
    }

    /// <summary>Forgets what a finalized slot makes unreachable.</summary>
    public void Prune(Slot floor)
    {
        while (_count > 1 && store[store[_oldest].Newer].Slot <= floor) Unlink(_oldest);
        if (_count > 0 && store[_oldest].Slot <= floor) HasForgotten = false;
    }

    /// <summary>Undoes the live values of a slot; true when the newest one was among them.</summary>
    public bool Rollback(Slot slot, out int removed)
    {
        removed = 0;
        var newest = _newest;
        for (int place = _newest, older; place != VersionStore.None; place = older)
        {
            older = store[place].Older;
            if (store[place].Slot != slot || store[place].IsStartup) continue;
            Unlink(place);
            removed++;
        }
        return newest != _newest;
    }

    /// <summary>Forgets what earlier streams told of slots above the finalized one; true when the newest was.</summary>
    public bool ForgetEarlierSources(int source, Slot floor)
    {
        var newest = _newest;
        for (int place = _newest, older; place != VersionStore.None; place = older)
        {
            older = store[place].Older;
            if (store[place].Source < source && store[place].Slot > floor) Unlink(place);
        }
        return newest != _newest;
    }

    /// <summary>Shows the newest value from now on; inside the gates of its pools.</summary>
    public void Show()
    {
        IsShown = true;
        if (_isShownLoose) store.Return(_shownPlace);
        (_shownPlace, _isShownLoose) = (_newest, false);
        (_shown, _shownBytes) = _count == 0
            ? (default, default)
            : (store[_newest], store.Bytes(_newest, store[_newest].Length));
    }

    /// <summary>The value shown; a closed account where there is none. Inside the gate of one of its pools.</summary>
    public AccountWrite Shown() => _shown.ToWrite(Key, _shownBytes);

    /// <summary>The pool is made of this account too.</summary>
    public void AddPool(AssembledPool pool) => (Pools, _isShared) = ([.. Pools, pool], true);

    /// <summary>The pool is not made of this account any longer.</summary>
    public void RemovePool(AssembledPool pool) => Pools = Array.FindAll(Pools, other => other != pool);

    /// <summary>
    /// Reads what an insertion will need, so that it is at hand then: first of this object. The steps are not inlined,
    /// or the compiler would leave the reads out.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public long Touch() => _newest + _shownBytes.Length + (IsPending ? 1 : 0);

    /// <summary>Then of what the object points at.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public long TouchNext()
    {
        var sum = Pools.Length == 0 ? 0L : Pools[0].Number;
        if (_count == 0) return sum;
        ref readonly var version = ref store[_newest];
        var bytes = store.Bytes(_newest, version.Length).Span;
        for (var i = 0; i < bytes.Length; i += CacheLine) sum += bytes[i];
        return sum;
    }

    /// <summary>Forgets everything that nobody can be looking at.</summary>
    public void Clear()
    {
        while (_newest != VersionStore.None) Unlink(_newest);
        if (_isShared || !_isShownLoose) return;
        store.Return(_shownPlace);
        (_shownPlace, _isShownLoose) = (VersionStore.None, false);
    }

    /// <summary>In place, unless the former value is being shown or the place is too small.</summary>
    private void Replace(int place, in AccountWrite write, int source)
    {
        if (place != _shownPlace && VersionStore.Fits(place, write.Data.Length))
        {
            Fill(place, write, source);
            return;
        }
        var (newer, older) = (store[place].Newer, store[place].Older);
        Unlink(place);
        Link(newer, older, write, source);
    }

    private void Link(int newer, int older, in AccountWrite write, int source)
    {
        var place = store.Rent(write.Data.Length);
        Fill(place, write, source);
        (store[place].Newer, store[place].Older) = (newer, older);
        if (newer == VersionStore.None) _newest = place;
        else store[newer].Older = place;
        if (older == VersionStore.None) _oldest = place;
        else store[older].Newer = place;
        _count++;
    }

    private void Unlink(int place)
    {
        var (newer, older) = (store[place].Newer, store[place].Older);
        if (newer == VersionStore.None) _newest = older;
        else store[newer].Older = older;
        if (older == VersionStore.None) _oldest = newer;
        else store[older].Newer = newer;
        _count--;
        if (place == _shownPlace) _isShownLoose = true;
        else store.Return(place);
    }

    private void Fill(int place, in AccountWrite write, int source)
    {
        store[place].Set(write, source);
        write.Data.CopyTo(store.Bytes(place, write.Data.Length));
    }
}
