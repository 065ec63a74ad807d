using System.Collections.Immutable;
using Mev.Control.Commands;
using Mev.Domain.Limits;
using Mev.Domain.Limits.Caps;

namespace Mev.Control.Policies;

/// <summary>
/// The member <c>caps</c> of a change of limits: each entry sets one cap or, without a value, takes it away.
/// </summary>
internal static class CapCommands
{
    /// <summary>The caps after the change; the same where it names none.</summary>
    public static ImmutableArray<Cap> Read(CommandMembers limits, ImmutableArray<Cap> caps)
    {
        if (!limits.Has("caps")) return caps;
        var next = caps.ToDictionary(cap => cap.Key);
        var named = new HashSet<(CapScope, string, LimitRule)>();
        foreach (var entry in limits.Objects("caps", Policy.CapsMax))
        {
            entry.Only("scope", "subject", "limit", "most");
            var scope = CapNames.ScopeOf(entry.Text("scope"));
            if (scope == CapScope.Unknown) entry.Refuse($"'scope' must be one of {CapNames.OfScopes}");
            var rule = CapNames.RuleOf(entry.Text("limit"));
            if (rule == LimitRule.Unknown) entry.Refuse($"'limit' must be one of {CapNames.OfRules}");
            var key = (scope, entry.Text("subject"), rule);
            if (!named.Add(key)) entry.Refuse($"a cap of {scope} '{key.Item2}' is named twice");
            if (entry.OptionalNumber("most") is { } most) next[key] = new Cap(scope, key.Item2, rule, most);
            else if (!next.Remove(key)) entry.Refuse($"there is no such cap of {scope} '{key.Item2}' to take away");
            if (entry.Problem is not { } problem) continue;
            limits.Refuse(problem);
            return caps;
        }
        return [.. next.Values.Order()];
    }
}
