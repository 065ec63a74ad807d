using System.Text.Json;
using Mev.Adapters.Solana.Transactions;
using Mev.Conformance.Reports;
using Mev.Conformance.Vectors;
using Mev.Domain.Chain;

namespace Mev.Conformance.Chain;

/// <summary>Keys, instructions and tables as the vectors write them.</summary>
internal static class ChainJson
{
    public static string Text(JsonElement json, string field) => json.GetProperty(field).ToString();

    public static Pubkey Key(JsonElement json, string field) => Pubkey.Parse(Text(json, field));

    public static byte[] Hex(JsonElement json, string field) => Convert.FromHexString(Text(json, field));

    public static Instruction ReadInstruction(JsonElement json) => new()
    {
        Program = Key(json, "programId"),
        Accounts = [.. json.GetProperty("accounts").EnumerateArray().Select(account => new AccountReference(
            Key(account, "pubkey"),
            account.GetProperty("isSigner").GetBoolean(),
            account.GetProperty("isWritable").GetBoolean()))],
        Data = json.GetProperty("data").GetBytesFromBase64(),
    };

    public static LookupTable ReadTable(JsonElement json) =>
        new(Key(json, "key"), [.. json.GetProperty("addresses").EnumerateArray().Select(Address)]);

    public static Pubkey Address(JsonElement json) => Pubkey.Parse(json.ToString());

    /// <summary>The same instruction with accounts that are only read.</summary>
    public static Instruction WithoutRights(Instruction instruction) => instruction with
    {
        Accounts = [.. instruction.Accounts.Select(account => AccountReference.ReadOnly(account.Key))],
    };

    /// <summary>An instruction as text, so that two can be compared and a difference be read.</summary>
    public static string Show(Instruction instruction)
    {
        var accounts = instruction.Accounts.Select(account =>
            $"{account.Key}{(account.IsSigner ? "s" : "")}{(account.IsWritable ? "w" : "")}");
        return $"{instruction.Program}({string.Join(' ', accounts)}) {Convert.ToHexStringLower(instruction.Data.Span)}";
    }

    /// <summary>Runs one vector; text that is not as the formats say is a difference too.</summary>
    public static void Run(ProtocolReport report, string id, Action<VectorCheck> compare)
    {
        var check = new VectorCheck(id);
        try
        {
            compare(check);
        }
        catch (Exception e) when (MalformedLine.Is(e))
        {
            check.Fail("line", "a vector", e.Message);
        }
        report.Add(check.Mismatches);
    }
}
