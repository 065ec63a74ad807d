using System.Globalization;
using System.Text.Json;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Conformance.Reports;
using Mev.Domain.Chain;
using static Mev.Conformance.Chain.ChainJson;

namespace Mev.Conformance.Chain;

/// <summary>The parts that transactions are made of: lengths, texts, derived addresses, signatures, tables.</summary>
internal static class PrimitiveVectors
{
    public const string FileName = "primitives.json";

    private const string Refused = "refused";

    private static readonly (string Name, Action<JsonElement, VectorCheck> Compare)[] Kinds =
    [
        ("compactU16", Length), ("compactU16Invalid", BadLength), ("base58", Text), ("base58Invalid", BadText),
        ("pda", Derived), ("onCurve", OnCurve), ("ata", Associated), ("ed25519", Signature),
        ("lookupTableAccounts", Table), ("computeBudget", Budget),
    ];

    public static void Run(string path, ProtocolReport report)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        foreach (var (name, compare) in Kinds)
        {
            foreach (var (number, vector) in json.RootElement.GetProperty(name).EnumerateArray().Index())
                ChainJson.Run(report, $"{name} {number + 1}", check => compare(vector, check));
        }
        var tables = json.RootElement.GetProperty("lookupTableInstructions");
        ChainJson.Run(report, "lookupTableInstructions create", check => CreateTable(tables, check));
        ChainJson.Run(report, "lookupTableInstructions extend", check => ExtendTable(tables, check));
    }

    private static void Length(JsonElement vector, VectorCheck check)
    {
        var bytes = new byte[CompactU16.LengthMax];
        var count = CompactU16.Write(vector.GetProperty("value").GetInt32(), bytes);
        check.Equal("hex", ChainJson.Text(vector, "hex"), Convert.ToHexStringLower(bytes.AsSpan(0, count)));
        var defect = CompactU16.Read(Hex(vector, "hex"), out var value, out var read);
        check.Equal("defect", nameof(TransactionDefect.None), defect.ToString());
        check.Equal("value", ChainJson.Text(vector, "value"), (UInt128)value);
        check.Equal("bytes read", count.ToString(CultureInfo.InvariantCulture), (UInt128)read);
    }

    private static void BadLength(JsonElement vector, VectorCheck check) => check.Equal(
        "defect", nameof(TransactionDefect.Length), CompactU16.Read(Hex(vector, "hex"), out _, out _).ToString());

    private static void Text(JsonElement vector, VectorCheck check)
    {
        var (bytes, text) = (Hex(vector, "hex"), ChainJson.Text(vector, "base58"));
        check.Equal("base58", text, Base58.Encode(bytes));
        var decoded = new byte[Base58.DigitsMax];
        var isText = Base58.TryDecode(text, decoded, out var written);
        check.Equal(
            "hex", Convert.ToHexString(bytes), isText ? Convert.ToHexString(decoded.AsSpan(0, written)) : Refused);
    }

    private static void BadText(JsonElement vector, VectorCheck check)
    {
        var isText = Base58.TryDecode(ChainJson.Text(vector, "input"), new byte[Base58.DigitsMax], out _);
        check.Equal("input", Refused, isText ? "decoded" : Refused);
    }

    private static void Derived(JsonElement vector, VectorCheck check)
    {
        byte[][] seeds = [.. vector.GetProperty("seedsHex").EnumerateArray()
            .Select(seed => Convert.FromHexString(seed.ToString()))];
        var (address, bump) = ProgramAddress.Find(Key(vector, "programId"), seeds);
        check.Equal("address", ChainJson.Text(vector, "address"), address.ToString());
        check.Equal("bump", ChainJson.Text(vector, "bump"), bump);
    }

    private static void OnCurve(JsonElement vector, VectorCheck check) => check.Equal(
        "onCurve", ChainJson.Text(vector, "onCurve"), CurvePoint.IsOnCurve(Key(vector, "pubkey").ToArray()).ToString());

    private static void Associated(JsonElement vector, VectorCheck check) => check.Equal(
        "ata", ChainJson.Text(vector, "ata"),
        AssociatedToken.Address(Key(vector, "owner"), Key(vector, "mint"), Key(vector, "tokenProgram")).ToString());

    private static void Signature(JsonElement vector, VectorCheck check)
    {
        var message = Hex(vector, "messageHex");
        using var key = new SigningKey(Hex(vector, "seedHex"));
        var expected = TransactionSignature.From(Hex(vector, "signatureHex"));
        check.Equal("pubkeyHex", new Pubkey(Hex(vector, "pubkeyHex")).ToString(), key.Address.ToString());
        check.Equal("signatureHex", expected.ToString(), key.Sign(message).ToString());
        check.Equal("verified", bool.TrueString, SigningKey.Verify(key.Address, message, expected).ToString());
    }

    private static void Table(JsonElement vector, VectorCheck check)
    {
        var data = vector.GetProperty("dataBase64").GetBytesFromBase64();
        if (LookupTableAccount.Read(default, data) is not { } table)
        {
            check.Fail("dataBase64", "a table", Refused);
            return;
        }
        var deactivated = table.DeactivatedIn?.Value ?? ulong.MaxValue;
        check.Equal("deactivationSlot", ChainJson.Text(vector, "deactivationSlot"), deactivated);
        check.Equal("lastExtendedSlot", ChainJson.Text(vector, "lastExtendedSlot"), table.LastExtendedIn.Value);
        check.Equal(
            "lastExtendedSlotStartIndex", ChainJson.Text(vector, "lastExtendedSlotStartIndex"),
            (UInt128)table.LastExtensionStart);
        check.Equal("authority", ChainJson.Text(vector, "authority"), table.Authority?.ToString() ?? "");
        check.Equal(
            "addresses", string.Join(' ', vector.GetProperty("addresses").EnumerateArray()),
            string.Join(' ', table.Addresses));
    }

    private static void Budget(JsonElement vector, VectorCheck check)
    {
        var value = ulong.Parse(ChainJson.Text(vector, "value"), CultureInfo.InvariantCulture);
        var made = ChainJson.Text(vector, "name") switch
        {
            "setComputeUnitLimit" => ComputeBudget.Limit((uint)value),
            "setComputeUnitPrice" => ComputeBudget.Price(value),
            "requestHeapFrame" => ComputeBudget.Heap((uint)value),
            var other => throw new FormatException($"'{other}' is not known"),
        };
        check.Equal("dataHex", ChainJson.Text(vector, "dataHex"), Convert.ToHexStringLower(made.Data.Span));
    }

    private static void CreateTable(JsonElement tables, VectorCheck check)
    {
        var given = ReadInstruction(tables.GetProperty("create"));
        var slot = new Slot(tables.GetProperty("recentSlot").GetUInt64());
        var made = LookupTableProgram.Create(given.Accounts[1].Key, given.Accounts[2].Key, slot);
        check.Equal("create", Show(given), Show(made));
        check.Equal("createdTable", ChainJson.Text(tables, "createdTable"), made.Accounts[0].Key.ToString());
    }

    private static void ExtendTable(JsonElement tables, VectorCheck check)
    {
        const int FirstAddress = sizeof(uint) + sizeof(ulong);
        var given = ReadInstruction(tables.GetProperty("extend"));
        var keys = given.Data[FirstAddress..].ToArray().Chunk(Pubkey.Length);
        var (table, authority, payer) = (given.Accounts[0].Key, given.Accounts[1].Key, given.Accounts[2].Key);
        var made = LookupTableProgram.Extend(table, authority, payer, [.. keys.Select(key => new Pubkey(key))]);
        check.Equal("extend", Show(given), Show(made));
    }
}
