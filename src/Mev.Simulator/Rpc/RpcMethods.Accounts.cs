using System.Text.Json;
using Mev.Domain.Chain;
using Mev.Simulator.Chain;
using Mev.Simulator.Execution;

namespace Mev.Simulator.Rpc;

/// <content>The methods that answer accounts.</content>
internal sealed partial class RpcMethods
{
    private const int AccountsMax = 100;

    /// <summary>False for a method that is none of these.</summary>
    private bool TryWriteAccounts(string method, RpcParameters parameters, Utf8JsonWriter json)
    {
        switch (method)
        {
            case "getAccountInfo":
                WriteAccounts(parameters, [parameters.Address(0)], isList: false, json);
                return true;
            case "getMultipleAccounts":
                WriteAccounts(parameters, [.. parameters.Texts(0, AccountsMax).Select(Key)], isList: true, json);
                return true;
            case "getProgramAccounts":
                WriteProgramAccounts(parameters, json);
                return true;
            case "getTokenAccountsByOwner":
                WriteTokenAccounts(parameters, json);
                return true;
            case "getBalance":
                WriteBalance(parameters, json);
                return true;
            default:
                return false;
        }
    }

    private void WriteBalance(RpcParameters parameters, Utf8JsonWriter json)
    {
        var block = BlockFor(parameters, 1);
        BeginContext(block, json);
        json.WriteNumberValue(chain.At(block.Slot).Find(parameters.Address(0))?.Lamports ?? 0);
        json.WriteEndObject();
    }

    private void WriteAccounts(RpcParameters parameters, Pubkey[] keys, bool isList, Utf8JsonWriter json)
    {
        CheckEncoding(parameters);
        var block = BlockFor(parameters, 1);
        var view = chain.At(block.Slot);
        BeginContext(block, json);
        if (isList) json.WriteStartArray();
        foreach (var key in keys)
        {
            if (view.Find(key) is { } account) WriteAccount(account, json);
            else json.WriteNullValue();
        }
        if (isList) json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteProgramAccounts(RpcParameters parameters, Utf8JsonWriter json)
    {
        CheckEncoding(parameters);
        var (program, block) = (parameters.Address(0), BlockFor(parameters, 1));
        var filters = RpcAccountFilters.Read(parameters.Member(1, "filters"));
        var hasContext = parameters.Member(1, "withContext").ValueKind == JsonValueKind.True;
        if (hasContext) BeginContext(block, json);
        WriteNamed(
            chain.At(block.Slot).All.Where(account =>
                account.Owner == program && filters.TrueForAll(filter => filter(account))),
            json);
        if (hasContext) json.WriteEndObject();
    }

    /// <summary>By program alone: nobody here asks by mint.</summary>
    private void WriteTokenAccounts(RpcParameters parameters, Utf8JsonWriter json)
    {
        CheckEncoding(parameters, 2);
        var (wallet, block) = (parameters.Address(0), BlockFor(parameters, 2));
        var program = RpcParameters.Address(parameters.Member(1, "programId"));
        if (program != Programs.Token && program != Programs.Token2022)
            throw RpcRefusal.Parameters("unrecognized Token program id");
        BeginContext(block, json);
        WriteNamed(
            chain.At(block.Slot).All.Where(account =>
                account.Owner == program && TokenAccount.IsOne(account) && TokenAccount.Owner(account) == wallet),
            json);
        json.WriteEndObject();
    }

    private static void WriteNamed(IEnumerable<ChainAccount> accounts, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var account in accounts)
        {
            json.WriteStartObject();
            json.WriteString("pubkey", account.Key.ToString());
            json.WritePropertyName("account");
            WriteAccount(account, json);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteAccount(ChainAccount account, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("lamports", account.Lamports);
        json.WriteString("owner", account.Owner.ToString());
        json.WriteStartArray("data");
        json.WriteBase64StringValue(account.Data.Span);
        json.WriteStringValue("base64");
        json.WriteEndArray();
        json.WriteBoolean("executable", false);
        json.WriteNumber("rentEpoch", ulong.MaxValue);
        json.WriteNumber("space", account.Data.Length);
        json.WriteEndObject();
    }

    private static Pubkey Key(string text) =>
        Pubkey.TryParse(text, out var key) ? key : throw RpcRefusal.Parameters("no address");
}
