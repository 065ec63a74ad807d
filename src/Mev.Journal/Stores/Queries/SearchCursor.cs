using System.Globalization;

namespace Mev.Journal.Stores.Queries;

/// <summary>A decision's place in the order of a search. As text <c>1763856000000000000-1-4821</c>.</summary>
/// <param name="DecidedNs">When it was decided, nanoseconds since 1970.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Offset">Its place there.</param>
public readonly record struct SearchCursor(long DecidedNs, int Partition, long Offset)
{
    private const int Parts = 3;

    /// <summary>Reads the text; false when it is none. Times before 1970 have no text that is read again.</summary>
    public static bool TryParse(string text, out SearchCursor cursor)
    {
        cursor = default;
        var parts = text.Split('-');
        if (parts.Length != Parts || !TryRead(parts[0], out var decided) || !TryRead(parts[2], out var offset))
            return false;
        if (!TryRead(parts[1], out var partition) || partition > ushort.MaxValue) return false;
        cursor = new SearchCursor(decided, (int)partition, offset);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{DecidedNs}-{Partition}-{Offset}");

    private static bool TryRead(string text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
