using System.Globalization;
using System.Text.Json;
using Mev.Adapters.Solana.Transactions;
using Mev.Conformance.Reports;
using Mev.Domain.Chain;

namespace Mev.Conformance.Chain;

/// <summary>
/// Whole transactions: compiled, signed and written they are the recorded bytes, and the bytes read again give the same
/// instructions. What is too long to send is written all the same, and refused.
/// </summary>
internal static class TransactionVectors
{
    public const string SetName = "tx";

    public static void Run(string path, ProtocolReport report)
    {
        foreach (var (number, line) in File.ReadLines(path).Index())
            ChainJson.Run(report, $"transaction {number + 1}", check => Compare(line, check));
    }

    private static void Compare(string line, VectorCheck check)
    {
        using var json = JsonDocument.Parse(line);
        var vector = json.RootElement;
        List<LookupTable> tables =
            [.. vector.GetProperty("lookupTables").EnumerateArray().Select(ChainJson.ReadTable)];
        List<Instruction> instructions =
            [.. vector.GetProperty("instructions").EnumerateArray().Select(ChainJson.ReadInstruction)];
        var message = Compile(vector, instructions, tables);
        var mayBeSent = TransactionLimits.Check(message) == TransactionDefect.None;
        if (vector.TryGetProperty("error", out _))
        {
            check.Equal("error", "refused", mayBeSent ? "success" : "refused");
            return;
        }
        check.Equal("fitsPacket1232", ChainJson.Text(vector, "fitsPacket1232"), mayBeSent.ToString());
        Parts(vector, message, check);
        var transaction = Sign(vector, message);
        var written = transaction.Write();
        check.Equal("signatures", List(vector, "signatures"), string.Join(' ', transaction.Signatures));
        check.Equal("transactionBase64", ChainJson.Text(vector, "transactionBase64"), Convert.ToBase64String(written));
        check.Equal("size", ChainJson.Text(vector, "size"), (UInt128)written.Length);
        Back(written, instructions, tables, check);
    }

    private static TransactionMessage Compile(
        JsonElement vector, List<Instruction> instructions, List<LookupTable> tables)
    {
        var payer = ChainJson.Key(vector, "feePayer");
        var text = ChainJson.Text(vector, "recentBlockhash");
        if (!Blockhash.TryParse(text, out var blockhash)) throw new FormatException($"'{text}' is no blockhash");
        return ChainJson.Text(vector, "version") == "legacy"
            ? MessageCompiler.Legacy(payer, blockhash, instructions)
            : MessageCompiler.V0(payer, blockhash, instructions, tables);
    }

    private static void Parts(JsonElement vector, TransactionMessage message, VectorCheck check)
    {
        var header = vector.GetProperty("header");
        check.Equal("numRequiredSignatures", ChainJson.Text(header, "numRequiredSignatures"), message.Header.Signers);
        check.Equal("numReadonlySigned", ChainJson.Text(header, "numReadonlySigned"), message.Header.ReadOnlySigners);
        check.Equal(
            "numReadonlyUnsigned", ChainJson.Text(header, "numReadonlyUnsigned"), message.Header.ReadOnlyOthers);
        check.Equal("staticKeys", List(vector, "staticKeys"), string.Join(' ', message.StaticKeys));
        check.Equal(
            "messageBase64", ChainJson.Text(vector, "messageBase64"),
            Convert.ToBase64String(MessageBytes.Write(message)));
    }

    /// <summary>Signs without asking whether it may be sent.</summary>
    private static Transaction Sign(JsonElement vector, TransactionMessage message)
    {
        var bytes = MessageBytes.Write(message);
        var signatures = new Dictionary<Pubkey, TransactionSignature>();
        foreach (var seed in vector.GetProperty("signerSeedsHex").EnumerateArray())
        {
            using var key = new SigningKey(Convert.FromHexString(seed.ToString()));
            signatures[key.Address] = key.Sign(bytes);
        }
        return new Transaction(
            [.. message.StaticKeys[..message.Header.Signers].Select(signer => signatures[signer])], bytes);
    }

    private static void Back(
        byte[] written, List<Instruction> instructions, List<LookupTable> tables, VectorCheck check)
    {
        var read = Transaction.Read(written, out var defect);
        check.Equal("read", nameof(TransactionDefect.None), defect.ToString());
        if (read is null) return;
        check.Equal("isSigned", bool.TrueString, read.IsSigned().ToString(CultureInfo.InvariantCulture));
        check.Equal("written again", Convert.ToBase64String(written), Convert.ToBase64String(read.Write()));
        var message = MessageBytes.Read(read.Message.Span, out _);
        var back = message is null ? null : MessageInstructions.Of(message, tables);
        check.Equal("instructions", $"{instructions.Count}", $"{back?.Length}");
        foreach (var (given, found) in instructions.Zip(back ?? []))
            check.Equal("instruction", Show(given), Show(found));
    }

    /// <summary>A message keeps what an account is used for in all its instructions together, not in each.</summary>
    private static string Show(Instruction instruction) => ChainJson.Show(ChainJson.WithoutRights(instruction));

    private static string List(JsonElement vector, string field) =>
        string.Join(' ', vector.GetProperty(field).EnumerateArray());
}
