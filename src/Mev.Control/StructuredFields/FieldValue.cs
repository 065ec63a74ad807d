namespace Mev.Control.StructuredFields;

/// <summary>A bare item of RFC 9651, of the kinds that signatures need.</summary>
internal abstract record FieldValue
{
    private FieldValue()
    {
    }

    /// <summary>At most fifteen digits.</summary>
    internal sealed record Integer(long Value) : FieldValue;

    /// <summary>Printable ASCII.</summary>
    internal sealed record Text(string Value) : FieldValue;

    internal sealed record Token(string Value) : FieldValue;

    internal sealed record Bytes(ReadOnlyMemory<byte> Value) : FieldValue;

    internal sealed record Flag(bool IsTrue) : FieldValue;
}
