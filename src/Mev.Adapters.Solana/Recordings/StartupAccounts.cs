using System.Text.Json;
using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Adapters.Solana.Recordings;

/// <summary>
/// The startup values of a recording: JSON lines of <c>pubkey</c>, <c>owner</c>, <c>data</c>, or one line that holds
/// such objects in <c>accounts</c>, where an account without an owner is the Whirlpool program's.
/// </summary>
internal sealed class StartupAccounts
{
    /// <summary>Bytes of all accounts together at most.</summary>
    public const int BytesMax = 1 << 29;

    private readonly AccountBytes _bytes = new();
    private readonly List<(Pubkey Key, Pubkey Owner, Range Bytes)> _accounts = [];

    /// <summary>Owner of every account read.</summary>
    public Dictionary<Pubkey, Pubkey> Owners { get; } = [];

    /// <summary>Reads the whole file.</summary>
    /// <exception cref="FeedException">It is not of the format, or too large.</exception>
    public void Read(string path, KeyCache keys)
    {
        using var lines = new RecordingLines(path);
        while (lines.TryRead(out var line))
        {
            try
            {
                Parse(line, lines, keys);
            }
            catch (JsonException e)
            {
                throw lines.Bad("not JSON, or cut short", e);
            }
            if (_bytes.Length > BytesMax) throw lines.Bad($"the accounts so far exceed {BytesMax} bytes");
        }
        if (_accounts.Count == 0) throw new FeedException($"{path} holds no account: get the recording again");
    }

    /// <summary>The startup writes of a slot.</summary>
    public IEnumerable<AccountWrite> Writes(Slot slot) => _accounts.Select(account => new AccountWrite
    {
        Key = account.Key,
        Owner = account.Owner,
        Lamports = 1,
        Slot = slot,
        WriteVersion = 0,
        IsStartup = true,
        Data = _bytes.Slice(account.Bytes),
    });

    private void Parse(ReadOnlySpan<byte> line, RecordingLines lines, KeyCache keys)
    {
        var json = new Utf8JsonReader(line);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) throw lines.Bad("no JSON object");
        var isList = false;
        (Pubkey? Key, Pubkey? Owner, Range? Bytes) account = default;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("accounts"u8))
            {
                isList = true;
                ReadList(ref json, lines, keys);
            }
            else
            {
                ReadMember(ref json, ref account, lines, keys);
            }
        }
        if (!isList) Keep(account, lines);
    }

    private void ReadList(ref Utf8JsonReader json, RecordingLines lines, KeyCache keys)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray) throw lines.Bad("'accounts' is no array");
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            (Pubkey? Key, Pubkey? Owner, Range? Bytes) account = (null, Programs.Whirlpool, null);
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                ReadMember(ref json, ref account, lines, keys);
            Keep(account, lines);
        }
        if (json.TokenType != JsonTokenType.EndArray) throw lines.Bad("'accounts' holds something else than objects");
    }

    private void ReadMember(
        ref Utf8JsonReader json, ref (Pubkey? Key, Pubkey? Owner, Range? Bytes) account, RecordingLines lines,
        KeyCache keys)
    {
        var isKey = json.ValueTextEquals("pubkey"u8);
        var isOwner = json.ValueTextEquals("owner"u8);
        var isData = json.ValueTextEquals("data"u8);
        json.Read();
        if ((isKey && account.Key is not null) || (isData && account.Bytes is not null))
            throw lines.Bad($"'{(isKey ? "pubkey" : "data")}' comes twice");
        if (isKey && keys.TryRead(json, out var key)) account.Key = key;
        else if (isOwner && keys.TryRead(json, out var owner)) account.Owner = owner;
        else if (isData && _bytes.TryAppend(json, out var bytes)) account.Bytes = bytes;
        else if (isKey || isOwner) throw lines.Bad($"'{(isKey ? "pubkey" : "owner")}' is no address");
        else if (isData) throw lines.Bad("'data' is not base64");
        else json.Skip();
    }

    private void Keep((Pubkey? Key, Pubkey? Owner, Range? Bytes) account, RecordingLines lines)
    {
        if (account is not ({ } key, { } owner, { } bytes)) throw lines.Bad("missing: pubkey, owner or data");
        if (!Owners.TryAdd(key, owner)) throw lines.Bad($"account {key} comes again");
        _accounts.Add((key, owner, bytes));
    }
}
