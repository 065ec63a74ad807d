using System.Text.Json;
using Mev.Domain.Chain;

namespace Mev.Conformance.Vectors;

/// <summary>The account bytes of one pool state.</summary>
/// <param name="Name">What vectors call it: its label, or its pool.</param>
/// <param name="Pool">Address of the pool account.</param>
/// <param name="Clock">The clock of the program's run.</param>
/// <param name="Accounts">All accounts, the pool account among them.</param>
public sealed record PoolStateRecord(
    string Name, Pubkey Pool, ChainClock Clock, IReadOnlyList<AccountWrite> Accounts)
{
    /// <summary>The clock's slot where a record names none (data set's README).</summary>
    private const ulong UsualSlot = 409_000_000;

    /// <summary>All fields.</summary>
    public JsonElement Json { get; init; }

    /// <summary>Reads a state of a file in <paramref name="folder"/>.</summary>
    /// <exception cref="KeyNotFoundException">A field is missing.</exception>
    /// <exception cref="FormatException">A key or bytes are not as they should be.</exception>
    public static PoolStateRecord Read(JsonElement json, string folder)
    {
        var pool = json.GetProperty("pool").GetString() ?? "";
        var name = json.TryGetProperty("state", out var state) ? state.GetString() ?? pool : pool;
        var slot = json.TryGetProperty("slot", out var field) ? field.GetUInt64() : UsualSlot;
        var time = json.TryGetProperty("unixTime", out field) ? field.GetInt64() : 0;
        var accounts = json.TryGetProperty("accounts", out field)
            ? field.EnumerateArray().Select(Account).ToList()
            : PumpSwapAccounts.Of(json, Pubkey.Parse(pool), folder);
        return new PoolStateRecord(name, Pubkey.Parse(pool), new ChainClock(new Slot(slot), time), accounts)
        {
            Json = json.Clone(),
        };
    }

    private static AccountWrite Account(JsonElement json) => Account(
        Pubkey.Parse(json.GetProperty("pubkey").GetString() ?? ""),
        Pubkey.Parse(json.GetProperty("owner").GetString() ?? ""),
        json.GetProperty("data").GetBytesFromBase64());

    internal static AccountWrite Account(Pubkey key, Pubkey owner, byte[] data) => new()
    {
        Key = key,
        Owner = owner,
        Lamports = 1,
        Slot = default,
        WriteVersion = 1,
        Data = data,
    };
}
