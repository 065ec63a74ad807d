using System.Collections.Immutable;

namespace Mev.Control.Signatures;

/// <summary>The components of a request that a signature may cover (RFC 9421 section 2).</summary>
internal sealed record RequestComponents(
    string Method, string Authority, string Target, ImmutableArray<HeaderLine> Headers)
{
    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>
    /// The value of a component: lines of one header joined as RFC 9421 says, the path as it stood on the wire; null
    /// when the request has none, or its name is not known.
    /// </summary>
    public string? Value(string component) => component switch
    {
        "@method" => Method,
        "@authority" => Authority,
        "@path" => Path(),
        "@query" => Query(),
        ['@', ..] => null,
        _ => Header(component),
    };

    /// <summary>The values of a header's lines, trimmed, joined by comma and space; null without a line.</summary>
    public string? Header(string name)
    {
        var values = Headers.Where(line => line.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(line => line.Value.Trim(Blanks)).ToList();
        return values.Count == 0 ? null : string.Join(", ", values);
    }

    private string Path()
    {
        var path = Target.Split('?')[0];
        return path.Length == 0 ? "/" : path;
    }

    private string Query() => Target.IndexOf('?') is >= 0 and var at ? Target[at..] : "?";
}
