namespace Mev.Control.StructuredFields;

/// <summary>What a dictionary holds: an item or an inner list.</summary>
internal abstract record FieldMember(FieldParameters Parameters);
