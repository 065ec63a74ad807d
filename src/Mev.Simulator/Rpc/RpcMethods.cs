using System.Text.Json;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Simulator.BlockEngine;
using Mev.Simulator.Chain;

namespace Mev.Simulator.Rpc;

/// <summary>
/// The methods of JSON-RPC that are served. Each answers as of one slot, inside the chain's gate.
/// </summary>
internal sealed partial class RpcMethods(SimulatedChain chain, ChainLeaders leaders)
{
    private const int SignaturesMax = 256;
    private const ulong LeadersMax = 5_000;

    /// <summary>Writes the result of a method.</summary>
    /// <exception cref="RpcRefusal">It has none.</exception>
    public void Write(string method, RpcParameters parameters, Utf8JsonWriter json)
    {
        lock (chain.Gate)
        {
            switch (method)
            {
                case "getSlot":
                    json.WriteNumberValue(BlockFor(parameters, 0).Slot.Value);
                    break;
                case "getBlockHeight":
                    json.WriteNumberValue(BlockFor(parameters, 0).Height);
                    break;
                case "getEpochInfo":
                    WriteEpoch(BlockFor(parameters, 0), json);
                    break;
                case "getLatestBlockhash":
                    WriteBlockhash(BlockFor(parameters, 0), json);
                    break;
                case "isBlockhashValid":
                    WriteIsValid(parameters, json);
                    break;
                case "getSignatureStatuses":
                    WriteStatuses(parameters.Texts(0, SignaturesMax), json);
                    break;
                case "getTransaction":
                    RpcTransactions.Write(
                        chain, Signature(RpcParameters.Text(parameters[0])), BlockFor(parameters, 1), json);
                    break;
                case "sendTransaction":
                    json.WriteStringValue($"{Send(parameters)}");
                    break;
                case "getLeaderSchedule":
                    leaders.WriteSchedule(parameters[0], BlockFor(parameters, 1).Slot, json);
                    break;
                case "getSlotLeaders":
                    WriteLeaders(parameters, json);
                    break;
                case "getSlotLeader":
                    json.WriteStringValue($"{leaders.LeaderOf(BlockFor(parameters, 0).Slot)}");
                    break;
                default:
                    if (!TryWriteAccounts(method, parameters, json)) WriteConstant(method, json);
                    break;
            }
        }
    }

    private void WriteConstant(string method, Utf8JsonWriter json)
    {
        if (method == "getVersion") json.WriteRawValue("""{"solana-core":"mev-simulator"}""");
        else if (method == "getHealth") json.WriteStringValue("ok");
        else if (method == "getGenesisHash") json.WriteStringValue($"{chain.Blocks.Genesis}");
        else throw new RpcRefusal(RpcRefusal.NoMethod, "Method not found");
    }

    /// <summary>
    /// Executes a transaction at once, where it may go into the open block: it may fail there at its payer's cost. Sent
    /// without preflight it is answered whether it may or not, as a node passes it on untried; one with is refused.
    /// </summary>
    private TransactionSignature Send(RpcParameters parameters)
    {
        CheckEncoding(parameters);
        var bytes = new byte[TransactionLimits.PacketBytesMax];
        if (!Convert.TryFromBase64String(RpcParameters.Text(parameters[0]), bytes, out var length)
            || Transaction.Read(bytes.AsSpan(0, length), out _) is not { } sent || !sent.IsSigned())
        {
            throw RpcRefusal.Parameters("no signed transaction in base64");
        }
        try
        {
            chain.Execute(BundleChecks.Check([bytes.AsMemory(0, length)], chain, isBundle: false)[0]);
        }
        catch (EngineRefusal refusal)
        {
            if (parameters.Member(1, "skipPreflight").ValueKind != JsonValueKind.True)
                throw new RpcRefusal(RpcRefusal.NotSent, $"Transaction simulation failed: {refusal.Message}");
        }
        return sent.Id;
    }

    private ChainBlock BlockFor(RpcParameters parameters, int place)
    {
        var block = chain.Blocks.At(parameters.Commitment(place));
        if (parameters.Number(place, "minContextSlot") > block.Slot.Value)
            throw new RpcRefusal(RpcRefusal.SlotNotReached, "Minimum context slot has not been reached");
        return block;
    }

    private static void WriteEpoch(ChainBlock block, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("absoluteSlot", block.Slot.Value);
        json.WriteNumber("blockHeight", block.Height);
        json.WriteNumber("epoch", block.Slot.Value / ChainClock.SlotsPerEpoch);
        json.WriteNumber("slotIndex", block.Slot.Value % ChainClock.SlotsPerEpoch);
        json.WriteNumber("slotsInEpoch", ChainClock.SlotsPerEpoch);
        json.WriteNull("transactionCount"); // a node does not always know it
        json.WriteEndObject();
    }

    private static void WriteBlockhash(ChainBlock block, Utf8JsonWriter json)
    {
        BeginContext(block, json);
        json.WriteStartObject();
        json.WriteString("blockhash", block.Hash.ToString());
        json.WriteNumber("lastValidBlockHeight", block.Height + ChainBlocks.ValidBlocks);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteIsValid(RpcParameters parameters, Utf8JsonWriter json)
    {
        var known = BlockFor(parameters, 1);
        if (!Blockhash.TryParse(RpcParameters.Text(parameters[0]), out var hash))
            throw RpcRefusal.Parameters("no blockhash");
        BeginContext(known, json);
        json.WriteBooleanValue(chain.Blocks.FindRecent(hash) is { } block && block.Slot <= known.Slot);
        json.WriteEndObject();
    }

    private void WriteLeaders(RpcParameters parameters, Utf8JsonWriter json)
    {
        var (first, count) = (parameters.Whole(0), parameters.Whole(1));
        if (count is 0 or > LeadersMax) throw RpcRefusal.Parameters($"Invalid limit; max {LeadersMax}");
        json.WriteStartArray();
        for (var ahead = 0UL; ahead < count; ahead++)
            json.WriteStringValue($"{leaders.LeaderOf(new Slot(first + ahead))}");
        json.WriteEndArray();
    }

    private void WriteStatuses(List<string> signatures, Utf8JsonWriter json)
    {
        BeginContext(chain.Blocks.Tip, json);
        json.WriteStartArray();
        foreach (var text in signatures) WriteStatus(Signature(text), json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteStatus(TransactionSignature signature, Utf8JsonWriter json)
    {
        // What is in the open slot is not processed yet.
        if (chain.Signatures.Find(signature) is not { } found || found.Slot > chain.Blocks.Tip.Slot)
        {
            json.WriteNullValue();
            return;
        }
        var isFinal = found.Slot <= chain.Blocks.Finalized;
        json.WriteStartObject();
        json.WriteNumber("slot", found.Slot.Value);
        if (isFinal) json.WriteNull("confirmations");
        else json.WriteNumber("confirmations", chain.Blocks.Tip.Slot.Value - found.Slot.Value);
        json.WritePropertyName("err");
        if (found.Error is { } error) json.WriteRawValue(error.Json);
        else json.WriteNullValue();
        var isConfirmed = found.Slot <= chain.Blocks.Confirmed;
        json.WriteString("confirmationStatus", isFinal ? "finalized" : isConfirmed ? "confirmed" : "processed");
        json.WriteEndObject();
    }

    private static void BeginContext(ChainBlock block, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("context");
        json.WriteNumber("slot", block.Slot.Value);
        json.WriteEndObject();
        json.WritePropertyName("value");
    }

    private static void CheckEncoding(RpcParameters parameters, int place = 1)
    {
        var encoding = parameters.Member(place, "encoding");
        if (encoding.ValueKind != JsonValueKind.String || !encoding.ValueEquals("base64"))
            throw RpcRefusal.Parameters("the encoding has to be base64");
        if (parameters.Member(place, "dataSlice").ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
            throw RpcRefusal.Parameters("slices of data are not served");
    }

    private static TransactionSignature Signature(string text)
    {
        Span<byte> bytes = stackalloc byte[TransactionSignature.Length];
        return Base58.TryDecode(text, bytes, out var written) && written == TransactionSignature.Length
            ? TransactionSignature.From(bytes)
            : throw RpcRefusal.Parameters("no signature");
    }
}
