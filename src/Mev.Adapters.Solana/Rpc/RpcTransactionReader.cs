using System.Collections.Immutable;
using System.Text.Json;
using Mev.Adapters.Solana.Transactions;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Rpc;

/// <summary>
/// Reads the result of getTransaction: what the stream tells of a transaction, without its place in the block and
/// without inner instructions. Throws what <see cref="RpcAnswers"/> throws.
/// </summary>
internal static class RpcTransactionReader
{
    /// <summary>The transaction; null where the node does not know it.</summary>
    public static ObservedTransaction? Read(JsonElement result)
    {
        if (result.ValueKind == JsonValueKind.Null) return null;
        var bytes = result.GetProperty("transaction")[0].GetBytesFromBase64();
        var signed = Transaction.Read(bytes, out _) ?? throw new FormatException("no transaction");
        var message = MessageBytes.Read(signed.Message.Span, out _) ?? throw new FormatException("no message");
        var meta = result.GetProperty("meta");
        ImmutableArray<Pubkey> writable = [.. Loaded(meta, "writable")];
        ImmutableArray<Pubkey> accounts = [.. message.StaticKeys, .. writable, .. Loaded(meta, "readonly")];
        if (message.Defect() != TransactionDefect.None || accounts.Length != message.AccountsCount)
            throw new FormatException("an instruction names no account");
        return new ObservedTransaction
        {
            Signature = signed.Id,
            Slot = new Slot(result.GetProperty("slot").GetUInt64()),
            Index = 0,
            IsFailed = meta.GetProperty("err").ValueKind != JsonValueKind.Null,
            Fee = new Lamports(meta.GetProperty("fee").GetInt64()),
            ComputeUnits = null,
            Accounts = accounts,
            Writable = [
                .. message.StaticKeys.Where((_, place) => message.Header.IsWritable(place, message.StaticKeys.Length)),
                .. writable,
            ],
            Balances = [.. Numbers(meta, "preBalances").Zip(Numbers(meta, "postBalances"))],
            Tokens = Tokens(meta, accounts),
            Instructions = [.. message.Instructions.Select((call, place) => new ObservedInstruction(
                accounts[call.Program], [.. call.Accounts.ToArray().Select(index => accounts[index])], call.Data,
                place, Depth: 1))],
        };
    }

    private static IEnumerable<Pubkey> Loaded(JsonElement meta, string name) =>
        meta.TryGetProperty("loadedAddresses", out var loaded) && loaded.ValueKind == JsonValueKind.Object
            ? loaded.GetProperty(name).EnumerateArray().Select(text => KeyOf(text))
            : [];

    private static IEnumerable<ulong> Numbers(JsonElement meta, string name) =>
        meta.GetProperty(name).EnumerateArray().Select(number => number.GetUInt64());

    private static ImmutableArray<ObservedTokens> Tokens(JsonElement meta, ImmutableArray<Pubkey> accounts)
    {
        var tokens = new TokenBalances(accounts);
        foreach (var (name, isAfter) in new[] { ("preTokenBalances", false), ("postTokenBalances", true) })
        {
            if (!meta.TryGetProperty(name, out var told) || told.ValueKind == JsonValueKind.Null) continue;
            foreach (var balance in told.EnumerateArray())
            {
                var isOne = tokens.TryAdd(
                    balance.GetProperty("accountIndex").GetInt64(), balance.GetProperty("mint").GetString(),
                    balance.GetProperty("owner").GetString(),
                    balance.GetProperty("uiTokenAmount").GetProperty("amount").GetString(), isAfter);
                if (!isOne) throw new FormatException("a token balance that cannot be");
            }
        }
        return tokens.All;
    }

    private static Pubkey KeyOf(JsonElement text) =>
        Pubkey.TryParse(text.GetString(), out var key) ? key : throw new FormatException("no address");
}
