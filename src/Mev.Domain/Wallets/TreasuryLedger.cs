using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Domain.Wallets;

/// <summary>
/// What the treasury was ordered to move, as its durable orders say. An order counts whole from the moment it is
/// durable, whether it lands or not, until a refusal takes it back.
/// </summary>
public sealed record TreasuryLedger
{
    private readonly ImmutableDictionary<Digest, Entry> _orders = ImmutableDictionary<Digest, Entry>.Empty;

    /// <summary>Without any order.</summary>
    public TreasuryLedger()
    {
    }

    private TreasuryLedger(ImmutableDictionary<Digest, Entry> orders) => _orders = orders;

    /// <summary>The hash of a command's message; null for a command without an order.</summary>
    public Digest? MessageOf(Digest command) => _orders.TryGetValue(command, out var order) ? order.Message : null;

    /// <summary>What the orders of a day move at most, but for the one of a command.</summary>
    public Lamports SpentOn(long day, Digest except) => new(_orders
        .Where(order => order.Value.Day == day && order.Key != except).Sum(order => order.Value.CostMax.Value));

    /// <summary>With a durable order; the first one of a command stays.</summary>
    public TreasuryLedger With(Digest command, Digest message, Lamports costMax, long day) =>
        new(_orders.ContainsKey(command) ? _orders : _orders.Add(command, new Entry(message, costMax, day)));

    /// <summary>After the refusal of a message: it moves nothing, and its command may be ordered again.</summary>
    public TreasuryLedger Without(Digest message) =>
        new(_orders.RemoveRange(_orders.Where(order => order.Value.Message == message).Select(order => order.Key)));

    private sealed record Entry(Digest Message, Lamports CostMax, long Day);
}
