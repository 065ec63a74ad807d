using System.ComponentModel.DataAnnotations;

namespace Mev.Journal.Sqlite;

/// <summary>
/// The name of a database file: not a folder's, nor one of those that SQLite takes for something else than a file.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DatabaseFileAttribute : ValidationAttribute
{
    private static readonly string[] Reserved = [":", "file:", "|"]; // in memory, a URI, a folder of the library's

    /// <summary>The rule.</summary>
    public DatabaseFileAttribute() =>
        ErrorMessage = "the name of a file, not of a folder, and not beginning with ':', '|' or 'file:'";

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is string name
        && !string.IsNullOrWhiteSpace(name)
        && !name.Contains('\0', StringComparison.Ordinal)
        && !Path.EndsInDirectorySeparator(name)
        && !Directory.Exists(name)
        && !Reserved.Any(start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase));
}
