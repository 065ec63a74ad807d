using Mev.Domain.Limits;
using Mev.Domain.Limits.Caps;

namespace Mev.Control.Policies;

/// <summary>How commands and their readers name scopes and rules of caps.</summary>
public static class CapNames
{
    private static readonly (string Name, CapScope Scope)[] Scopes =
    [
        ("strategy", CapScope.Strategy), ("wallet", CapScope.Wallet), ("pool", CapScope.Pool),
        ("token", CapScope.Token),
    ];

    private static readonly (string Name, LimitRule Rule)[] Rules =
    [
        ("amount_in_max", LimitRule.AmountIn), ("open_submissions_max", LimitRule.OpenSubmissions),
        ("day_amount_in_max", LimitRule.DayAmountIn),
    ];

    /// <summary>All of them, for those who are told what is allowed.</summary>
    public static string OfScopes => string.Join(", ", Scopes.Select(each => each.Name));

    /// <summary>All of them, likewise.</summary>
    public static string OfRules => string.Join(", ", Rules.Select(each => each.Name));

    /// <summary>A scope's; empty of none.</summary>
    public static string Of(CapScope scope) => Scopes.FirstOrDefault(each => each.Scope == scope).Name ?? "";

    /// <summary>A rule's; empty of one that caps do not have.</summary>
    public static string Of(LimitRule rule) => Rules.FirstOrDefault(each => each.Rule == rule).Name ?? "";

    /// <summary>The scope of a name; Unknown where it is none's.</summary>
    public static CapScope ScopeOf(string name) => Scopes.FirstOrDefault(each => each.Name == name).Scope;

    /// <summary>The rule of a name; Unknown where it is none's.</summary>
    public static LimitRule RuleOf(string name) => Rules.FirstOrDefault(each => each.Name == name).Rule;
}
