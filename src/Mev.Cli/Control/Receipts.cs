using System.Text.Json;
using Mev.Cli.Gateways;

namespace Mev.Cli.Control;

/// <summary>Prints what a command was answered.</summary>
internal static class Receipts
{
    public static int Print(JsonElement receipt, Output output)
    {
        if (output.IsJson)
        {
            output.Json(receipt);
            return ExitCode.Done;
        }
        output.Fields(
            ("command", receipt.Text("command_id")),
            ("done", receipt.Text("op")),
            ("effective", receipt.Text("effective")),
            ("durable in", string.Join(", ", receipt.Items("durable").Select(each => each.Text()))),
            ("version", receipt.Text("version")),
            ("proposal", receipt.Text("proposal")),
            ("stands", receipt.Text("proposal_status")),
            ("sha-256 of the command", receipt.Text("command_sha256")),
            ("record", receipt.IsThere("seq") ? $"{receipt.Text("audit_shard")}/{receipt.Text("seq")}" : ""),
            ("leaf", receipt.Text("leaf_hash")),
            ("its proof, in a second", receipt.IsThere("seq") ? $"/v1/commands/{receipt.Text("command_id")}" : ""));
        if (receipt.Text("proposal_status") == "Open")
        {
            output.Line(
                "  It waits 15 minutes for another person, who reads it (mevctl proposals show "
                + $"{receipt.Text("proposal")}) and then approves that hash (proposals approve --sha256 ...).");
        }
        return ExitCode.Done;
    }
}
