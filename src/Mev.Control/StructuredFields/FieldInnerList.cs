using System.Collections.Immutable;

namespace Mev.Control.StructuredFields;

/// <summary>Items in parentheses, and the parameters of the list.</summary>
internal sealed record FieldInnerList(ImmutableArray<FieldItem> Items, FieldParameters Parameters)
    : FieldMember(Parameters);
