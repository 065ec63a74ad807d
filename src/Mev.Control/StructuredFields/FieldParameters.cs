using System.Collections.Immutable;

namespace Mev.Control.StructuredFields;

/// <summary>The parameters of an item or a list, in their order, each name once.</summary>
internal sealed record FieldParameters(ImmutableArray<KeyValuePair<string, FieldValue>> Entries)
{
    public static FieldParameters None { get; } = new([]);

    /// <summary>The value of that name; null without one.</summary>
    public FieldValue? this[string name] => Entries.FirstOrDefault(entry => entry.Key == name).Value;
}
