using Microsoft.AspNetCore.Http.HttpResults;

namespace Mev.Gateway.Wire;

/// <summary>Reads the bound of a page.</summary>
internal static class PageLimit
{
    public const int Max = 500;
    public const int Default = 50;

    /// <summary>The limit asked for; otherwise the problem.</summary>
    public static ProblemHttpResult? Read(string? text, out int limit)
    {
        var bad = NumberText.Read("limit", text, 1, Max, Default, out var number);
        limit = bad is null ? (int)number : Default;
        return bad;
    }
}
