using System.Collections.Immutable;

namespace Mev.Control.StructuredFields;

/// <summary>
/// Reads structured fields (RFC 9651) of the kinds that signatures need: dictionaries, inner lists, strings, tokens,
/// integers, byte sequences and booleans. Other kinds, and base64 that is not canonical, are refused.
/// </summary>
internal static class FieldParser
{
    /// <summary>Characters of a field at most; longer ones are refused unread.</summary>
    public const int LengthMax = 8_192;

    /// <summary>Members of a dictionary, items of a list or parameters at most.</summary>
    public const int CountMax = 32;

    /// <summary>The members in their order; null when the text is no dictionary, or beyond a bound.</summary>
    public static ImmutableArray<FieldEntry>? Dictionary(string text)
    {
        if (text.Length > LengthMax) return null;
        var reader = new FieldReader(text);
        reader.SkipSpaces();
        return reader.Dictionary();
    }

    /// <summary>The item; null when the text is none, or beyond a bound.</summary>
    public static FieldItem? Item(string text) => Whole(text, static (ref FieldReader reader) => reader.Item());

    /// <summary>The inner list; null when the text is none, or beyond a bound.</summary>
    public static FieldInnerList? InnerList(string text) =>
        Whole(text, static (ref FieldReader reader) => reader.InnerList());

    private static T? Whole<T>(string text, Part<T> part) where T : FieldMember
    {
        if (text.Length > LengthMax) return null;
        var reader = new FieldReader(text);
        reader.SkipSpaces();
        var read = part(ref reader);
        reader.SkipSpaces();
        return reader.IsAtEnd ? read : null;
    }

    private delegate T? Part<T>(ref FieldReader reader);
}
