using System.Globalization;
using System.Text.Json;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Simulator.Chain;
using Mev.Simulator.Execution;

namespace Mev.Simulator.Rpc;

/// <summary>The result of getTransaction, for the slots that are held: bytes, fee, error and balances.</summary>
internal static class RpcTransactions
{
    /// <summary>Writes a transaction of a block that is at least that safe; null for one that is not known.</summary>
    public static void Write(
        SimulatedChain chain, TransactionSignature signature, ChainBlock block, Utf8JsonWriter json)
    {
        if (chain.Signatures.Find(signature) is not { } found || found.Slot > block.Slot
            || Executed(chain.Blocks.Find(found.Slot), signature) is not { } executed)
        {
            json.WriteNullValue();
            return;
        }
        var (transaction, receipt) = (executed.Transaction, executed.Receipt);
        json.WriteStartObject();
        json.WriteNumber("slot", executed.Slot.Value);
        json.WriteNumber("blockTime", chain.Blocks.Find(executed.Slot)?.UnixTime ?? 0);
        json.WriteStartArray("transaction");
        json.WriteBase64StringValue(
            new Transaction(transaction.Signatures, MessageBytes.Write(transaction.Message)).Write());
        json.WriteStringValue("base64");
        json.WriteEndArray();
        json.WriteStartObject("meta");
        json.WritePropertyName("err");
        if (receipt.Error is { } error) json.WriteRawValue(error.Json);
        else json.WriteNullValue();
        json.WriteNumber("fee", transaction.Fee.Value);
        json.WriteNumber("computeUnitsConsumed", receipt.ComputeUnits);
        WriteBalances("preBalances", receipt.Accounts.Select(account => account.Before), json);
        WriteBalances("postBalances", receipt.Accounts.Select(account => account.After), json);
        WriteTokens("preTokenBalances", receipt.Accounts.Select(account => account.Before), json);
        WriteTokens("postTokenBalances", receipt.Accounts.Select(account => account.After), json);
        WriteLoaded(transaction, json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static TransactionExecuted? Executed(ChainBlock? block, TransactionSignature signature) =>
        block?.Events.OfType<TransactionExecuted>().FirstOrDefault(one => one.Transaction.Signature == signature);

    private static void WriteTokens(string name, IEnumerable<ChainAccount?> accounts, Utf8JsonWriter json)
    {
        json.WriteStartArray(name);
        foreach (var (place, account) in accounts.Index())
        {
            if (account is null || !TokenAccount.IsOne(account)) continue;
            json.WriteStartObject();
            json.WriteNumber("accountIndex", place);
            json.WriteString("mint", $"{TokenAccount.Mint(account)}");
            json.WriteString("owner", $"{TokenAccount.Owner(account)}");
            json.WriteString("programId", $"{account.Owner}");
            json.WriteStartObject("uiTokenAmount");
            json.WriteString("amount", TokenAccount.Amount(account).ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteLoaded(ChainTransaction transaction, Utf8JsonWriter json)
    {
        var loaded = transaction.Accounts.Skip(transaction.Message.StaticKeys.Length).ToLookup(one => one.IsWritable);
        json.WriteStartObject("loadedAddresses");
        foreach (var (name, isWritable) in new[] { ("writable", true), ("readonly", false) })
        {
            json.WriteStartArray(name);
            foreach (var account in loaded[isWritable]) json.WriteStringValue($"{account.Key}");
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void WriteBalances(string name, IEnumerable<ChainAccount?> accounts, Utf8JsonWriter json)
    {
        json.WriteStartArray(name);
        foreach (var account in accounts) json.WriteNumberValue(account?.Lamports ?? 0);
        json.WriteEndArray();
    }
}
