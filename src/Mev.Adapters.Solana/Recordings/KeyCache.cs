using System.Text.Json;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Recordings;

/// <summary>Addresses read before, by their text: base58 is slow and a recording names few accounts, often.</summary>
internal sealed class KeyCache
{
    /// <summary>Addresses remembered; when full all are forgotten, which costs time only.</summary>
    public const int KeysMax = 65_536;

    private readonly Dictionary<string, Pubkey> _keys = [];
    private readonly Dictionary<string, Pubkey>.AlternateLookup<ReadOnlySpan<char>> _byText;

    public KeyCache() => _byText = _keys.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Reads the string that the reader stands on; false when it is no address.</summary>
    public bool TryRead(in Utf8JsonReader json, out Pubkey key)
    {
        key = default;
        Span<char> text = stackalloc char[Base58.DigitsMax];
        return JsonText.TryBase58(json, text, out var length) && TryRead(text[..length], out key);
    }

    /// <summary>Reads an address; false when the text is none.</summary>
    public bool TryRead(ReadOnlySpan<char> text, out Pubkey key)
    {
        if (_byText.TryGetValue(text, out key)) return true;
        Span<byte> bytes = stackalloc byte[Pubkey.Length];
        if (!Base58.TryDecode(text, bytes, out var written) || written != Pubkey.Length) return false;
        key = new Pubkey(bytes);
        if (_keys.Count >= KeysMax) _keys.Clear();
        _byText[text] = key;
        return true;
    }
}
