using System.Globalization;
using System.Text;

namespace Mev.Gateway.Decisions;

/// <summary>
/// Where a page ended: for each partition the offset above which everything was given. As text <c>1-4821.2-1200</c>.
/// </summary>
internal sealed class PageCursor
{
    private const int TextMax = 16_384; // 1,024 partitions fit

    private readonly SortedDictionary<int, long> _offsets = [];

    /// <summary>The first offset that was given already; null when the partition was not begun.</summary>
    public long? this[int partition]
    {
        get => _offsets.TryGetValue(partition, out var offset) ? offset : null;
        set => _offsets[partition] = value ?? throw new ArgumentNullException(nameof(value));
    }

    public static bool TryParse(string text, out PageCursor cursor)
    {
        cursor = new PageCursor();
        if (text.Length is 0 or > TextMax) return false;
        foreach (var part in text.Split('.'))
        {
            var at = part.IndexOf('-', StringComparison.Ordinal);
            var isPart = at > 0
                && int.TryParse(part.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
                && long.TryParse(part.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
                && cursor._offsets.TryAdd(partition, offset);
            if (!isPart) return false;
        }
        return true;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (partition, offset) in _offsets)
            text.Append(text.Length > 0 ? "." : "").Append(CultureInfo.InvariantCulture, $"{partition}-{offset}");
        return text.ToString();
    }
}
