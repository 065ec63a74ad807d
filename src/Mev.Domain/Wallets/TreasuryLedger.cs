using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Domain.Wallets;

/// <summary>
/// What the treasury was ordered to move, as its durable orders say. An order counts whole from the moment it is
/// durable, whether it lands or not, until a refusal takes it back; once its bytes may leave, on the day of that.
/// </summary>
public sealed record TreasuryLedger
{
    private ImmutableDictionary<Digest, Entry> _orders = ImmutableDictionary<Digest, Entry>.Empty;

    /// <summary>
    /// Every record of it could be read. Where one could not, nobody knows what was moved, and nothing more is.
    /// </summary>
    public bool IsWhole { get; private init; } = true;

    /// <summary>The hash of a command's message; null for a command without an order.</summary>
    public Digest? MessageOf(Digest command) => _orders.TryGetValue(command, out var order) ? order.Message : null;

    /// <summary>What the orders of a day move at most, but for the one of a command.</summary>
    public Lamports SpentOn(long day, Digest except) => new(_orders
        .Where(order => order.Value.Day == day && order.Key != except).Sum(order => order.Value.CostMax.Value));

    /// <summary>With a durable order; the first one of a command stays.</summary>
    public TreasuryLedger With(Digest command, Digest message, Lamports costMax, long day) =>
        _orders.ContainsKey(command) ? this : With(_orders.Add(command, new Entry(message, costMax, day)));

    /// <summary>With a record that cannot be read.</summary>
    public TreasuryLedger Torn() => this with { IsWhole = false };

    /// <summary>
    /// After the refusal of a message: it moves nothing, and its command may be ordered again. One whose bytes may have
    /// left stays.
    /// </summary>
    public TreasuryLedger Without(Digest message) => With(_orders.RemoveRange(_orders
        .Where(order => order.Value.Message == message && order.Value.Attempt is null).Select(order => order.Key)));

    /// <summary>The attempt of a command; null before the first.</summary>
    public TreasuryAttempt? AttemptOf(Digest command) => _orders.GetValueOrDefault(command)?.Attempt;

    /// <summary>What became of a command's order; null while that is open.</summary>
    public TreasuryOutcome? OutcomeOf(Digest command) => _orders.GetValueOrDefault(command)?.Outcome;

    /// <summary>Orders whose bytes may have left and may still land, by command.</summary>
    public IEnumerable<(Digest Command, TreasuryAttempt Attempt)> Open => _orders
        .Where(order => order.Value is { Attempt: not null, Outcome: null }).OrderBy(order => order.Key)
        .Select(order => (order.Key, order.Value.Attempt!.Value));

    /// <summary>With a durable attempt of a day; the first of a command stays: all others are repetitions.</summary>
    public TreasuryLedger With(Digest command, TreasuryAttempt attempt, long day) =>
        _orders.TryGetValue(command, out var order) && order.Attempt is null
            ? With(_orders.SetItem(command, order with { Attempt = attempt, Day = day }))
            : this;

    /// <summary>With what became of an order; the first word stays: it was final.</summary>
    public TreasuryLedger With(TreasuryOutcome outcome) =>
        _orders.TryGetValue(outcome.Command, out var order) && order is { Attempt: not null, Outcome: null }
            ? With(_orders.SetItem(outcome.Command, order with { Outcome = outcome }))
            : this;

    private TreasuryLedger With(ImmutableDictionary<Digest, Entry> orders) => this with { _orders = orders };

    private sealed record Entry(Digest Message, Lamports CostMax, long Day)
    {
        public TreasuryAttempt? Attempt { get; init; }

        public TreasuryOutcome? Outcome { get; init; }
    }
}
