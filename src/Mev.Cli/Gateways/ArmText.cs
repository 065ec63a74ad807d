using System.Globalization;
using System.Text.Json;

namespace Mev.Cli.Gateways;

/// <summary>An arm as people read it.</summary>
internal static class ArmText
{
    public static string Of(JsonElement arm) => Of(arm.Text("tipBasisPoints"), arm.Text("route"));

    public static string Of(string basisPoints, string route)
    {
        if (!int.TryParse(basisPoints, CultureInfo.InvariantCulture, out var share)) return "";
        var text = string.Create(CultureInfo.InvariantCulture, $"{share / 100.0:0.##} %");
        return route is "" or "Unknown" ? text : $"{text} {route}";
    }
}
