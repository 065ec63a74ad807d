using Mev.Domain.Bundles;

namespace Mev.Adapters.Paper;

/// <summary>An order whose slot has come, and its landing when that was settled before.</summary>
internal readonly record struct DueOrder(PaperOrder Order, BundleOutcome? Landing) : IComparable<DueOrder>
{
    /// <summary>By landing slot, then by opportunity id.</summary>
    public int CompareTo(DueOrder other)
    {
        var order = Order.LandsIn.CompareTo(other.Order.LandsIn);
        return order == 0 ? Order.Opportunity.CompareTo(other.Order.Opportunity) : order;
    }
}
