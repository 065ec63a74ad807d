using System.Collections.Immutable;
using System.Text.Json;
using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Adapters.Solana.Rpc;

/// <summary>
/// Reads results. What is not of its form ends in one of the exceptions that the client knows as a malformed answer.
/// </summary>
internal static class RpcAnswers
{
    public static Slot ReadSlot(JsonElement result) => new(result.GetUInt64());

    public static string ReadVersion(JsonElement result) =>
        result.GetProperty("solana-core").GetString() ?? throw new FormatException("no version");

    public static Blockhash ReadGenesis(JsonElement result) => Blockhash.TryParse(result.GetString(), out var hash)
        ? hash
        : throw new FormatException("no hash");

    /// <summary>The signature of what was sent, which its bytes say too, behind the number of signatures.</summary>
    public static string ReadSignature(JsonElement result, ReadOnlySpan<byte> sent)
    {
        var own = TransactionSignature.From(sent.Slice(1, TransactionSignature.Length)).ToString();
        return result.GetString() == own ? own : throw new FormatException("another signature");
    }

    public static LatestBlockhash ReadBlockhash(JsonElement result)
    {
        var value = result.GetProperty("value");
        return Blockhash.TryParse(value.GetProperty("blockhash").GetString(), out var hash)
            ? new LatestBlockhash(SlotOf(result), hash, value.GetProperty("lastValidBlockHeight").GetUInt64())
            : throw new FormatException("no blockhash");
    }

    public static RpcAccounts ReadAccounts(JsonElement result, Pubkey[] keys)
    {
        var slot = SlotOf(result);
        var values = result.GetProperty("value");
        if (values.GetArrayLength() != keys.Length) throw new FormatException("not as many accounts as asked for");
        var accounts = ImmutableArray.CreateBuilder<AccountWrite>(keys.Length);
        foreach (var value in values.EnumerateArray()) accounts.Add(ReadAccount(keys[accounts.Count], value, slot));
        return new RpcAccounts(slot, accounts.DrainToImmutable());
    }

    public static RpcAccounts ReadProgramAccounts(JsonElement result)
    {
        var slot = SlotOf(result);
        var accounts = ImmutableArray.CreateBuilder<AccountWrite>();
        foreach (var entry in result.GetProperty("value").EnumerateArray())
            accounts.Add(ReadAccount(KeyOf(entry.GetProperty("pubkey")), entry.GetProperty("account"), slot));
        return new RpcAccounts(slot, accounts.DrainToImmutable());
    }

    /// <summary>Slot and height of a block.</summary>
    public static (Slot Slot, ulong Height) ReadProgress(JsonElement result) =>
        (new(result.GetProperty("absoluteSlot").GetUInt64()), result.GetProperty("blockHeight").GetUInt64());

    /// <exception cref="RpcRequestException">They are as of a slot that is too old.</exception>
    public static SignatureStatuses ReadStatuses(JsonElement result, int count, Slot notBefore)
    {
        var slot = SlotOf(result);
        if (slot < notBefore)
        {
            throw new RpcRequestException(
                RpcFailure.Behind, $"getSignatureStatuses: the node is at slot {slot}, another at {notBefore}")
            {
                IsTransient = true,
            };
        }
        var values = result.GetProperty("value");
        if (values.GetArrayLength() != count) throw new FormatException("not as many statuses as asked for");
        return new SignatureStatuses(slot, [.. values.EnumerateArray().Select(ReadStatus)]);
    }

    public static LeaderSchedule ReadSchedule(JsonElement result, Slot slot)
    {
        var leaders = ImmutableSortedDictionary.CreateBuilder<int, Pubkey>();
        foreach (var leader in result.EnumerateObject())
        {
            if (!Pubkey.TryParse(leader.Name, out var key)) throw new FormatException("a leader is no address");
            foreach (var index in leader.Value.EnumerateArray()) leaders[index.GetInt32()] = key;
        }
        var first = slot.Value - slot.Value % ChainClock.SlotsPerEpoch;
        return new LeaderSchedule(new Slot(first), leaders.ToImmutable());
    }

    private static SignatureStatus? ReadStatus(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null) return null;
        var isFailed = value.TryGetProperty("err", out var error) && error.ValueKind != JsonValueKind.Null;
        var commitment = value.GetProperty("confirmationStatus").GetString() switch
        {
            "processed" => SlotStatus.Processed,
            "confirmed" => SlotStatus.Confirmed,
            "finalized" => SlotStatus.Finalized,
            _ => SlotStatus.Unknown,
        };
        return new SignatureStatus(new Slot(value.GetProperty("slot").GetUInt64()), commitment, isFailed);
    }

    private static AccountWrite ReadAccount(Pubkey key, JsonElement value, Slot slot)
    {
        var exists = value.ValueKind != JsonValueKind.Null;
        return new AccountWrite
        {
            Key = key,
            Owner = exists ? KeyOf(value.GetProperty("owner")) : default,
            Lamports = exists ? value.GetProperty("lamports").GetUInt64() : 0,
            Slot = slot,
            WriteVersion = 0,
            IsStartup = true,
            Data = exists ? DataOf(value.GetProperty("data")) : default,
        };
    }

    private static byte[] DataOf(JsonElement data)
    {
        var isBase64 = data.GetArrayLength() == 2 && data[1].ValueEquals("base64");
        return isBase64 ? data[0].GetBytesFromBase64() : throw new FormatException("account data are not base64");
    }

    private static Pubkey KeyOf(JsonElement text) =>
        Pubkey.TryParse(text.GetString(), out var key) ? key : throw new FormatException("no address");

    private static Slot SlotOf(JsonElement result) =>
        new(result.GetProperty("context").GetProperty("slot").GetUInt64());
}
