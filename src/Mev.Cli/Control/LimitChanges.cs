using System.Text.Json;
using Mev.Cli.Gateways;

namespace Mev.Cli.Control;

/// <summary>Changes of limits as a table shows them.</summary>
internal static class LimitChanges
{
    public static readonly string[] Columns = ["limit", ">before", ">after", "direction"];

    public static string[] Row(JsonElement change) =>
    [
        change.Text("limit"), change.Text("before"), change.Text("after"),
        change.Text("isTighter") == "yes" ? "tighter" : "looser",
    ];
}
