using System.Buffers.Text;
using Mev.Control.Signatures;
using Mev.Control.StructuredFields;
using Mev.Domain.Chain;

namespace Mev.Control.Sessions;

/// <summary>
/// Secrets that were given out for a while, each to the holder of a key. Only their SHA-256 is kept, so whoever reads
/// this memory learns none. Bounded: a key's oldest secret ends when it gets one too many, and nobody gets one while
/// all places are taken. Time and chance come from outside. Thread-safe.
/// </summary>
/// <param name="countMax">Secrets at a time.</param>
/// <param name="ofKeyMax">Of them, those of one key.</param>
public sealed class SecretBook(int countMax, int ofKeyMax)
{
    /// <summary>Bytes of a secret; its text is their base64url, 43 characters.</summary>
    public const int SecretBytes = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<Digest, Entry> _entries = [];

    /// <summary>Secrets that are held at present, some of them over.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _entries.Count;
        }
    }

    /// <summary>Gives a secret out; null while all places are taken.</summary>
    /// <param name="secret">Random bytes, <see cref="SecretBytes"/>.</param>
    /// <param name="holder">Whose key it stands for.</param>
    /// <param name="endsMs">Its last moment, Unix milliseconds.</param>
    /// <param name="idleMs">Unused for so long it ends before.</param>
    /// <param name="nowMs">Unix milliseconds.</param>
    public string? Issue(ReadOnlySpan<byte> secret, KeyId holder, long endsMs, long idleMs, long nowMs)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(secret.Length, SecretBytes);
        lock (_gate)
        {
            if (_entries.Count >= countMax) ForgetOver(nowMs);
            var own = _entries.Where(entry => entry.Value.Holder == holder).ToList();
            if (own.Count >= ofKeyMax) _entries.Remove(own.MinBy(entry => entry.Value.UsedMs).Key);
            if (_entries.Count >= countMax) return null;
            _entries[Digest.Of(secret)] = new Entry(holder, endsMs, idleMs, nowMs);
            return Base64Url.EncodeToString(secret);
        }
    }

    /// <summary>Whose it is, which keeps it from being idle; null for any text that is no secret or is over.</summary>
    public KeyId? Find(string text, long nowMs)
    {
        if (HashOf(text) is not { } hash) return null;
        lock (_gate)
        {
            if (!_entries.TryGetValue(hash, out var entry)) return null;
            if (entry.IsOver(nowMs))
            {
                _entries.Remove(hash);
                return null;
            }
            _entries[hash] = entry with { UsedMs = Math.Max(entry.UsedMs, nowMs) };
            return entry.Holder;
        }
    }

    /// <summary>The same, once: the secret is spent.</summary>
    public KeyId? Take(string text, long nowMs)
    {
        if (HashOf(text) is not { } hash) return null;
        lock (_gate) return _entries.Remove(hash, out var entry) && !entry.IsOver(nowMs) ? entry.Holder : null;
    }

    private static Digest? HashOf(string text) =>
        CanonicalBase64.ReadUrl(text, SecretBytes) is { } bytes ? Digest.Of(bytes) : null;

    private void ForgetOver(long nowMs)
    {
        foreach (var (hash, entry) in _entries) if (entry.IsOver(nowMs)) _entries.Remove(hash);
    }

    private readonly record struct Entry(KeyId Holder, long EndsMs, long IdleMs, long UsedMs)
    {
        public bool IsOver(long nowMs) => nowMs > EndsMs || nowMs - UsedMs > IdleMs;
    }
}
