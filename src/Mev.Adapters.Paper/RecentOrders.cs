using Mev.Domain.Opportunities;

namespace Mev.Adapters.Paper;

/// <summary>Orders of one kind, by their opportunities: the newest, so many at most.</summary>
internal sealed class RecentOrders(int ordersMax)
{
    private readonly HashSet<OpportunityId> _known = [];
    private readonly Queue<OpportunityId> _inOrder = [];

    /// <summary>Orders that gave way to newer ones.</summary>
    public long Forgotten { get; private set; }

    public bool Contains(OpportunityId order) => _known.Contains(order);

    /// <summary>Remembers an order, the oldest gives way; false when it is known already.</summary>
    public bool Add(OpportunityId order)
    {
        if (!_known.Add(order)) return false;
        _inOrder.Enqueue(order);
        if (_inOrder.Count <= ordersMax) return true;
        _known.Remove(_inOrder.Dequeue());
        Forgotten++;
        return true;
    }
}
