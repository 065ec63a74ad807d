using System.Globalization;
using Mev.Journal;

namespace Mev.Adapters.Tests.Journal;

/// <summary>One line of the appending process: an append and its offset.</summary>
internal sealed record Acknowledged(LogPartition Partition, long Offset, int Records, string Text)
{
    public static bool TryParse(string line, out Acknowledged append)
    {
        var parts = line.Split(' ');
        append = new Acknowledged(default, 0, 0, string.Empty);
        if (parts.Length != 5) return false; // cut off by the kill
        append = new Acknowledged(
            new LogPartition(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture)),
            long.Parse(parts[2], CultureInfo.InvariantCulture),
            int.Parse(parts[3], CultureInfo.InvariantCulture),
            parts[4]);
        return true;
    }

    public bool IsIn(List<string> texts) => Offset + Records <= texts.Count
        && Enumerable.Range(0, Records).All(i => texts[(int)Offset + i] == $"{Text}.{i}");
}
