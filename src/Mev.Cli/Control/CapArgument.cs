using System.Globalization;
using System.Text.Json;
using Mev.Cli.Gateways;
using Mev.Control.Policies;

namespace Mev.Cli.Control;

/// <summary>
/// A cap as it is typed: <c>pool:7xK…:day_amount_in_max=5000000000</c>, or <c>=none</c> to take it away.
/// </summary>
/// <param name="Scope">As commands name it.</param>
/// <param name="Subject">Strategy or address.</param>
/// <param name="Limit">As commands name it.</param>
/// <param name="Most">The value; null takes it away.</param>
internal sealed record CapArgument(string Scope, string Subject, string Limit, ulong? Most)
{
    public static bool Is(string typed) => typed.Contains(':', StringComparison.Ordinal);

    public static IReadOnlyList<CapArgument> Read(IEnumerable<string> typed) => [.. typed.Select(Read)];

    /// <summary>The gateway decides; this chooses which command asks it.</summary>
    public bool IsTighter(JsonElement policy)
    {
        var before = policy.Items("policy.caps").FirstOrDefault(cap =>
            CapNames.ScopeOf(cap.Text("scope").ToLowerInvariant()) == CapNames.ScopeOf(Scope)
            && cap.Text("subject") == Subject && cap.Text("rule") == $"{CapNames.RuleOf(Limit)}");
        return Most is { } most && (!ulong.TryParse(
            before.Text("most"), CultureInfo.InvariantCulture, out var was) || most < was);
    }

    public object ToBody() => Most is { } most
        ? new { scope = Scope, subject = Subject, limit = Limit, most = $"{most}" }
        : new { scope = Scope, subject = Subject, limit = Limit };

    private static CapArgument Read(string typed)
    {
        var (name, value) = typed.Split('=') is [var left, var right] ? (left.Split(':'), right) : ([], "");
        var most = ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : (ulong?)null;
        if (name is [var scope, { Length: > 0 } subject, var limit] && (most is not null || value == "none")
            && CapNames.ScopeOf(scope) != default && CapNames.RuleOf(limit.Replace('-', '_')) != default)
        {
            return new CapArgument(scope, subject, limit.Replace('-', '_'), most);
        }
        throw new CommandFailure(
            ExitCode.Usage,
            $"'{typed}' is no change of a cap; write strategy:arb-1:day_amount_in_max=5000000000, or =none to take it "
            + $"away (scopes {CapNames.OfScopes}; limits {CapNames.OfRules})");
    }
}
