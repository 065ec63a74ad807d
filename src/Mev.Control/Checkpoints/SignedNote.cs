using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Mev.Control.StructuredFields;

namespace Mev.Control.Checkpoints;

/// <summary>A text with signatures under it (C2SP signed-note).</summary>
/// <param name="Text">What is signed; ends with a line feed.</param>
/// <param name="Signatures">In their order; anybody's.</param>
public sealed record SignedNote(string Text, ImmutableArray<NoteSignature> Signatures)
{
    /// <summary>Characters of a note at most; longer ones are refused unread.</summary>
    public const int LengthMax = 16_384;

    /// <summary>Signatures of a note at most.</summary>
    public const int SignaturesMax = 16;

    private const string Dash = "\u2014 ";
    private const int IdLength = 4;

    /// <summary>Reads a note; null when it is none, or beyond a bound.</summary>
    public static SignedNote? Parse(string note)
    {
        var end = note.Length <= LengthMax ? note.LastIndexOf("\n\n", StringComparison.Ordinal) : -1;
        if (end < 1 || note[^1] != '\n' || note.Any(character => character < ' ' && character != '\n')) return null;
        var lines = note[(end + 2)..].Split('\n')[..^1];
        if (lines.Length is 0 or > SignaturesMax) return null;
        var signatures = lines.Select(ParseLine).OfType<NoteSignature>().ToImmutableArray();
        return signatures.Length == lines.Length ? new SignedNote(note[..(end + 1)], signatures) : null;
    }

    /// <summary>The same with one more signature.</summary>
    public SignedNote With(NoteSignature signature) => this with { Signatures = Signatures.Add(signature) };

    /// <summary>The note as it is stored and handed on.</summary>
    public override string ToString()
    {
        var note = new StringBuilder(Text).Append('\n');
        foreach (var signature in Signatures)
        {
            var bytes = new byte[IdLength + signature.Bytes.Length];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, signature.KeyId);
            signature.Bytes.CopyTo(bytes.AsMemory(IdLength));
            note.Append(Dash).Append(signature.Name).Append(' ').Append(Convert.ToBase64String(bytes)).Append('\n');
        }
        return note.ToString();
    }

    private static NoteSignature? ParseLine(string line) =>
        line.StartsWith(Dash, StringComparison.Ordinal)
        && line[Dash.Length..].Split(' ') is [var name, var base64]
        && NoteKey.IsName(name)
        && CanonicalBase64.Read(base64) is { Length: > IdLength } bytes
            ? new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(IdLength))
            : null;
}
