using Mev.Domain.Limits.Leases;

namespace Mev.Control.Tests.Leases;

internal static class LeaseBooks
{
    /// <summary>After an event that the book takes.</summary>
    public static LeaseBook Taking(this LeaseBook book, LeaseEvent change)
    {
        var after = book.Apply(change);
        Assert.NotNull(after);
        return after;
    }
}
