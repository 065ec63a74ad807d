using System.Numerics;
using System.Text.Json;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;

namespace Mev.Conformance.Chain;

/// <summary>A transaction as an RPC node tells it: in parts, so that its bytes have to be written here.</summary>
internal static class RpcTransaction
{
    private const string Digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    public static TransactionMessage ReadMessage(JsonElement result)
    {
        var message = result.GetProperty("transaction").GetProperty("message");
        var header = message.GetProperty("header");
        var isVersioned = message.TryGetProperty("addressTableLookups", out var lookups); // as RPC nodes tell it
        if (!Blockhash.TryParse(ChainJson.Text(message, "recentBlockhash"), out var blockhash))
            throw new FormatException("no blockhash");
        return new TransactionMessage
        {
            Version = isVersioned ? MessageVersion.V0 : MessageVersion.Legacy,
            Header = new MessageHeader(
                header.GetProperty("numRequiredSignatures").GetByte(),
                header.GetProperty("numReadonlySignedAccounts").GetByte(),
                header.GetProperty("numReadonlyUnsignedAccounts").GetByte()),
            StaticKeys = [.. message.GetProperty("accountKeys").EnumerateArray().Select(ChainJson.Address)],
            RecentBlockhash = blockhash,
            Instructions = [.. message.GetProperty("instructions").EnumerateArray().Select(ReadInstruction)],
            Lookups = isVersioned ? [.. lookups.EnumerateArray().Select(ReadLookup)] : [],
        };
    }

    public static Transaction ReadSigned(JsonElement result)
    {
        var signatures = result.GetProperty("transaction").GetProperty("signatures").EnumerateArray();
        return new Transaction(
            [.. signatures.Select(signature => TransactionSignature.From(Decode(signature.ToString())))],
            MessageBytes.Write(ReadMessage(result)));
    }

    private static CompiledInstruction ReadInstruction(JsonElement json) => new(
        json.GetProperty("programIdIndex").GetByte(), Places(json, "accounts"), Decode(ChainJson.Text(json, "data")));

    private static AddressLookup ReadLookup(JsonElement json) => new(
        ChainJson.Key(json, "accountKey"), Places(json, "writableIndexes"), Places(json, "readonlyIndexes"));

    private static byte[] Places(JsonElement json, string field) =>
        [.. json.GetProperty(field).EnumerateArray().Select(place => place.GetByte())];

    /// <summary>Base58 of any length: instructions are longer than addresses and signatures.</summary>
    private static byte[] Decode(string text)
    {
        var value = BigInteger.Zero;
        foreach (var character in text)
        {
            var digit = Digits.IndexOf(character, StringComparison.Ordinal);
            value = digit >= 0 ? 58 * value + digit : throw new FormatException($"'{text}' is not base58");
        }
        var zeros = new byte[text.TakeWhile(digit => digit == Digits[0]).Count()];
        return value.IsZero ? zeros : [.. zeros, .. value.ToByteArray(isUnsigned: true, isBigEndian: true)];
    }
}
