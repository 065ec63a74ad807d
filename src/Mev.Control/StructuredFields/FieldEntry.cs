namespace Mev.Control.StructuredFields;

/// <summary>A member of a dictionary.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Member">Its value.</param>
/// <param name="Received">The value as it was received, without the name and its equals sign.</param>
internal sealed record FieldEntry(string Key, FieldMember Member, string Received);
