using System.Buffers.Binary;
using Mev.Domain.Chain;

namespace Mev.Domain.Feed;

/// <content>Slots: time, staleness, confirmation, dead slots and gaps.</content>
public partial class PoolAssembler
{
    private readonly List<SlotNode> _undone = [];
    private readonly List<AssembledPool> _closed = [];
    private long? _lastStatusNs;
    private Slot _head;
    private bool _isSilent;
    private bool _isBehind;

    /// <summary>
    /// No slot status was seen for too long, as of the last <see cref="CheckStale"/>, or what is told is too far behind
    /// the chain's head: every pool is stale.
    /// </summary>
    public bool IsStale => _isSilent || _isBehind;

    /// <summary>
    /// Compares the arrival of the last slot status with the present (nanoseconds); when too long ago every pool is
    /// stale. The first call counts as a status when there was none. Pumps that read a recording as fast as possible do
    /// not call it.
    /// </summary>
    /// <returns><see cref="IsStale"/>.</returns>
    public bool CheckStale(long nowNs)
    {
        _lastStatusNs ??= nowNs;
        SetStale((Int128)nowNs - _lastStatusNs.Value > (Int128)_limits.StaleSlots * _limits.SlotNs, _isBehind);
        return IsStale;
    }

    // A replay after a break, or a node that lags, tells slot after slot of what is long over.
    private void CheckBehind() =>
        SetStale(_isSilent, (Int128)_head.Value - _slots.Highest.Value > _limits.BehindSlotsMax);

    private void SetStale(bool isSilent, bool isBehind)
    {
        var wasStale = IsStale;
        (_isSilent, _isBehind) = (isSilent, isBehind);
        if (IsStale != wasStale) _pools.MarkAllChanged();
    }

    private void TakeStatus(in FeedEvent status, long arrivedNs)
    {
        Counts.SlotStatuses++;
        _lastStatusNs = Math.Max(_lastStatusNs ?? arrivedNs, arrivedNs);
        var isParentWrong = status.Parent >= status.Slot && status.Parent.Value != 0;
        if (isParentWrong) Counts.UnknownEvents++;
        var parent = isParentWrong ? default : status.Parent;
        switch (status.Status)
        {
            case SlotStatus.Processed:
                Process(status.Slot, parent);
                break;
            case SlotStatus.Confirmed:
                Confirm(status.Slot, parent);
                break;
            case SlotStatus.Finalized:
                Confirm(status.Slot, parent);
                FinalizeThrough(status.Slot);
                break;
            case SlotStatus.Dead:
                Kill(status.Slot);
                break;
            default:
                Counts.UnknownEvents++;
                break;
        }
    }

    private void Process(Slot slot, Slot parent)
    {
        if (_slots.IsDead(slot)) return;
        if (NodeOf(slot) is not { } node) return;
        if (parent.Value != 0) node.Parent = parent;
        if (_slots.IsDead(parent)) Kill(slot);
    }

    private void Confirm(Slot slot, Slot parent)
    {
        if (_slots.IsDead(slot))
        {
            Counts.Contradictions++;
            _slots.MarkAliveFrom(slot); // what builds upon it was thrown away with it
            _joiner.OpenGap();
        }
        if (slot <= _slots.Confirmed || NodeOf(slot) is not { } node) return;
        if (parent.Value != 0) node.Parent = parent;
        _slots.AddAbandoned(node, _undone);
        _slots.Confirmed = slot;
        Undo();
    }

    private void Kill(Slot slot)
    {
        _slots.MarkDead(slot);
        _slots.AddWithDescendants(slot, _undone);
        Undo();
    }

    private void Undo()
    {
        if (_undone.Count == 0) return;
        foreach (var node in _undone)
        {
            Counts.SlotsRolledBack++;
            _slots.MarkDead(node.Slot);
            foreach (var account in node.Touched)
            {
                if (account.Rollback(node.Slot, out var removed)) _joiner.AddPending(account);
                Counts.WritesRolledBack += removed;
            }
            _slots.Remove(node);
        }
        _undone.Clear();
        _joiner.ApplyUndone();
    }

    private void FinalizeThrough(Slot slot)
    {
        foreach (var node in _slots.Finalize(slot))
        {
            foreach (var account in node.Closed)
            {
                account.Prune(_slots.Floor);
                if (account.Own is { } pool && account.Count == 1 && account.IsClosed) _closed.Add(pool);
            }
        }
        _slots.RemoveThroughFloor();
        foreach (var pool in _closed)
            if (!pool.IsRemoved) _joiner.Remove(pool);
        _closed.Clear();
    }

    /// <summary>The slot's node; at the bound of slots the lowest counts as finalized first.</summary>
    private SlotNode? NodeOf(Slot slot)
    {
        var node = _slots.GetOrAdd(slot);
        if (!_slots.IsOverfull) return node;
        Counts.SlotsEvicted++;
        FinalizeThrough(_slots.Lowest);
        return slot <= _slots.Floor ? null : node;
    }

    private void OpenGap()
    {
        Counts.Gaps++;
        _joiner.OpenGap();
    }

    private void TakeTime(Slot slot, long unixTime)
    {
        if (_slots.IsDead(slot)) return;
        if (NodeOf(slot) is { } node) node.UnixTime = unixTime;
        else _slots.SetFloorTime(slot, unixTime);
    }

    /// <summary>The chain writes its clock in each slot, and that tells no later one.</summary>
    private void TakeClock(ReadOnlySpan<byte> data, Slot written)
    {
        var slot = data.Length < ClockBytes ? default : new Slot(BinaryPrimitives.ReadUInt64LittleEndian(data));
        if (data.Length < ClockBytes || slot > written)
        {
            Counts.Undecodable++;
            return;
        }
        TakeTime(slot, BinaryPrimitives.ReadInt64LittleEndian(data[32..]));
    }
}
