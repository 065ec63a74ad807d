using Mev.Domain.Chain;

namespace Mev.Domain.Feed;

/// <summary>
/// The slots above the finalized one with their parent links, in ascending order (about 35 on a healthy chain), and
/// the slots that are known to be dead.
/// </summary>
internal sealed class SlotTree(AssemblerLimits limits, AssemblerCounts counts)
{
    private readonly List<SlotNode> _nodes = [];
    private readonly Stack<SlotNode> _free = new();
    private readonly HashSet<Slot> _dead = [];
    private readonly Queue<Slot> _deadOrder = new();
    private Slot _lastAlive;
    private ChainClock _floorClock;

    /// <summary>Highest slot that cannot be undone.</summary>
    public Slot Floor { get; private set; }

    /// <summary>Highest confirmed slot.</summary>
    public Slot Confirmed { get; set; }

    /// <summary>More slots are held than the bound allows.</summary>
    public bool IsOverfull => _nodes.Count > limits.SlotsMax;

    /// <summary>The lowest slot held.</summary>
    public Slot Lowest => _nodes[0].Slot;

    /// <summary>Highest surviving slot.</summary>
    public Slot Highest => _nodes.Count > 0 ? _nodes[^1].Slot : _floorClock.Slot;

    /// <summary>Highest surviving slot and the newest time told of a surviving slot.</summary>
    public ChainClock Clock
    {
        get
        {
            var slot = Highest;
            for (var i = _nodes.Count - 1; i >= 0; i--)
                if (_nodes[i].UnixTime is { } time) return new ChainClock(slot, time);
            return new ChainClock(slot, _floorClock.UnixTime);
        }
    }

    /// <summary>The slot was declared dead or abandoned.</summary>
    public bool IsDead(Slot slot)
    {
        if (slot == _lastAlive || _dead.Count == 0) return false;
        if (_dead.Contains(slot)) return true;
        _lastAlive = slot;
        return false;
    }

    /// <summary>The node of a slot, made when needed; null at or below the finalized slot.</summary>
    public SlotNode? GetOrAdd(Slot slot)
    {
        if (slot <= Floor) return null;
        var at = _nodes.Count;
        while (at > 0 && _nodes[at - 1].Slot > slot) at--;
        if (at > 0 && _nodes[at - 1].Slot == slot) return _nodes[at - 1];
        var node = _free.TryPop(out var recycled) ? recycled : new SlotNode();
        node.Reset(slot);
        _nodes.Insert(at, node);
        return node;
    }

    /// <summary>Takes the time of a slot that cannot be undone any longer.</summary>
    public void SetFloorTime(Slot slot, long unixTime)
    {
        if (slot >= _floorClock.Slot) _floorClock = new ChainClock(slot, unixTime);
    }

    /// <summary>Remembers a slot as dead.</summary>
    public void MarkDead(Slot slot)
    {
        if (!_dead.Add(slot)) return;
        _lastAlive = default;
        _deadOrder.Enqueue(slot);
        while (_deadOrder.Count > limits.DeadSlotsMax)
        {
            if (_dead.Remove(_deadOrder.Dequeue())) counts.DeadSlotsEvicted++;
        }
    }

    /// <summary>A dead slot turned out to live: of it and of later ones nothing is known any more.</summary>
    public void MarkAliveFrom(Slot slot) => _dead.RemoveWhere(dead => dead >= slot);

    /// <summary>Adds the slot and every known slot that descends from it.</summary>
    public void AddWithDescendants(Slot slot, List<SlotNode> into)
    {
        foreach (var node in _nodes)
            if (node.Slot == slot || (node.Slot > slot && Contains(into, node.Parent))) into.Add(node);
    }

    /// <summary>
    /// Adds every slot that a confirmed one rules out: those between its known ancestors, and later ones that do not
    /// descend from it. Where a parent was not told, nothing is said of the slots before.
    /// </summary>
    public void AddAbandoned(SlotNode confirmed, List<SlotNode> into)
    {
        foreach (var node in _nodes) node.IsOnChain = false;
        var low = MarkAncestors(confirmed);
        foreach (var node in _nodes)
        {
            if (node.Slot <= low || node.IsOnChain) continue;
            var isRuledOut = node.Slot < confirmed.Slot
                || (HasParent(node) && (node.Parent < confirmed.Slot || Contains(into, node.Parent)));
            if (isRuledOut) into.Add(node);
        }
    }

    /// <summary>Makes a slot the finalized one: gives the nodes for <see cref="RemoveThroughFloor"/>.</summary>
    public ReadOnlySpan<SlotNode> Finalize(Slot slot)
    {
        if (slot > Floor) Floor = slot;
        var count = 0;
        while (count < _nodes.Count && _nodes[count].Slot <= Floor) count++;
        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_nodes)[..count];
    }

    /// <summary>Frees the nodes that <see cref="Finalize"/> gave.</summary>
    public void RemoveThroughFloor()
    {
        var count = 0;
        for (; count < _nodes.Count && _nodes[count].Slot <= Floor; count++)
        {
            _floorClock = new ChainClock(_nodes[count].Slot, _nodes[count].UnixTime ?? _floorClock.UnixTime);
            Free(_nodes[count]);
        }
        _nodes.RemoveRange(0, count);
    }

    /// <summary>Frees a node that was undone.</summary>
    public void Remove(SlotNode node)
    {
        if (_nodes.Remove(node)) Free(node);
    }

    private Slot MarkAncestors(SlotNode confirmed)
    {
        var node = confirmed;
        while (true)
        {
            node.IsOnChain = true;
            if (!HasParent(node)) return node.Slot;
            if (node.Parent <= Confirmed || Find(node.Parent) is not { } parent) return node.Parent;
            node = parent;
        }
    }

    private SlotNode? Find(Slot slot)
    {
        foreach (var node in _nodes)
            if (node.Slot == slot) return node;
        return null;
    }

    private static bool HasParent(SlotNode node) => node.Parent.Value != 0;

    private static bool Contains(List<SlotNode> nodes, Slot slot)
    {
        foreach (var node in nodes)
            if (node.Slot == slot) return true;
        return false;
    }

    private void Free(SlotNode node)
    {
        node.Clear();
        _free.Push(node);
    }
}
