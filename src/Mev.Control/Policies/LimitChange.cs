namespace Mev.Control.Policies;

/// <summary>What a change of policy does to one limit, as it is shown before anybody signs it.</summary>
/// <param name="Limit">The limit's name.</param>
/// <param name="Before">Its value before.</param>
/// <param name="After">Its value after.</param>
/// <param name="IsTighter">Less is allowed after than before.</param>
public sealed record LimitChange(string Limit, string Before, string After, bool IsTighter);
