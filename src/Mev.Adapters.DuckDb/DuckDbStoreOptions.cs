using System.ComponentModel.DataAnnotations;

namespace Mev.Adapters.DuckDb;

/// <summary>Section <c>Store</c>: the embedded decision store.</summary>
public sealed class DuckDbStoreOptions
{
    /// <summary>Whether there is a decision store. Default true.</summary>
    public bool IsOn { get; init; } = true;

    /// <summary>
    /// The database file; its folder is made when missing. Default empty: beside the journal, with its name and the
    /// ending .decisions.duckdb.
    /// </summary>
    [RegularExpression(@"^(?![:|]|file:|md:)[^\0]*$", ErrorMessage = "the name of a file, or nothing")]
    public string Path { get; set; } = "";

    /// <summary>Memory that the store may take for writing and questions together. Default 256 MiB.</summary>
    [Range(64L << 20, 1L << 36)]
    public long MemoryBytesMax { get; init; } = 256L << 20;

    /// <summary>Questions that are answered at a time. Default 2; more wait.</summary>
    [Range(1, 16)]
    public int QueriesMax { get; init; } = 2;

    /// <summary>Longest wait for a place, and then for an answer. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan QueryTimeout { get; init; } = TimeSpan.FromSeconds(10);

    internal OffsetRule Offsets { get; init; } = OffsetRule.WithRecords;
}
