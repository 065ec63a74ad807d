namespace Mev.Control.StructuredFields;

/// <summary>A value with its parameters.</summary>
internal sealed record FieldItem(FieldValue Value, FieldParameters Parameters) : FieldMember(Parameters);
