using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mev.Control.Signatures;
using Mev.Control.StructuredFields;

namespace Mev.Control.Checkpoints;

/// <summary>A key whose signature under a note means something: the log's own, or a witness's.</summary>
public sealed class NoteKey
{
    private const byte LogType = 0x01;
    private const byte WitnessType = 0x04;
    private const int TimeLength = 8;

    private readonly byte _type;
    private readonly Ed25519PublicKey _key;

    private NoteKey(string name, byte type, Ed25519PublicKey key)
    {
        if (!IsName(name)) throw new FormatException($"'{name}' is no name of a key: no blank, no '+', not empty");
        (Name, _type, _key) = (name, type, key);
        Id = BinaryPrimitives.ReadUInt32BigEndian(
            SHA256.HashData([.. Encoding.UTF8.GetBytes(name), 0x0A, type, .. key.ToArray()]));
    }

    /// <summary>The name on its signature lines.</summary>
    public string Name { get; }

    /// <summary>The first four bytes of its hash, big-endian.</summary>
    public uint Id { get; }

    /// <summary>The public key itself.</summary>
    public Ed25519PublicKey PublicKey => _key;

    /// <summary>It is a log's, not a witness's.</summary>
    public bool IsLog => _type == LogType;

    /// <summary>The key of a log.</summary>
    /// <exception cref="FormatException">The name has a blank or a plus, or is empty.</exception>
    public static NoteKey OfLog(string name, Ed25519PublicKey key) => new(name, LogType, key);

    /// <summary>The key of a witness.</summary>
    /// <exception cref="FormatException">The name has a blank or a plus, or is empty.</exception>
    public static NoteKey OfWitness(string name, Ed25519PublicKey key) => new(name, WitnessType, key);

    /// <summary>Reads <c>name+hex id+base64(type || key)</c>; null when it is anything else.</summary>
    public static NoteKey? Parse(string text) =>
        text.Split('+', 3) is [var name, var id, var base64]
        && IsName(name)
        && CanonicalBase64.Read(base64) is [LogType or WitnessType, ..] bytes
        && bytes.Length == 1 + Ed25519PublicKey.Length
        && Ed25519PublicKey.Read(bytes.AsSpan(1)) is { } key
        && new NoteKey(name, bytes[0], key) is var read
        && id == read.Id.ToString("x8", CultureInfo.InvariantCulture)
            ? read
            : null;

    /// <summary>
    /// The note bears this key's signature, and none under its name and id that is not its own. Signatures of others
    /// are not looked at.
    /// </summary>
    public bool HasSigned(SignedNote note)
    {
        var own = note.Signatures.Where(signature => signature.Name == Name && signature.KeyId == Id).ToList();
        return own.Count > 0 && own.TrueForAll(signature => Verifies(note.Text, signature.Bytes.Span));
    }

    /// <summary>The line that a verifier is given.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Name}+{Id:x8}+{Convert.ToBase64String([_type, .. _key.ToArray()])}");

    /// <summary>Neither empty nor with a blank or a plus (C2SP signed-note).</summary>
    internal static bool IsName(string name) =>
        name.Length > 0 && !name.Any(character => char.IsWhiteSpace(character) || character == '+');

    /// <summary>The log's signature under a text.</summary>
    internal NoteSignature Sign(string text, Ed25519PrivateKey key) =>
        new(Name, Id, key.Sign(Encoding.UTF8.GetBytes(text)));

    /// <summary>The witness's signature: what it covers holds its time, Unix seconds.</summary>
    internal NoteSignature Cosign(string text, Ed25519PrivateKey key, ulong time)
    {
        var bytes = new byte[TimeLength + Ed25519PublicKey.SignatureLength];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, time);
        key.Sign(Witnessed(text, time)).CopyTo(bytes.AsSpan(TimeLength));
        return new NoteSignature(Name, Id, bytes);
    }

    private bool Verifies(string text, ReadOnlySpan<byte> signature) => _type == LogType
        ? _key.Verifies(Encoding.UTF8.GetBytes(text), signature)
        : signature.Length > TimeLength
            && _key.Verifies(Witnessed(text, BinaryPrimitives.ReadUInt64BigEndian(signature)), signature[TimeLength..]);

    private static byte[] Witnessed(string text, ulong time) => Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {time}\n{text}"));
}
