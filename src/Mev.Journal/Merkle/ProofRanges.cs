using System.Numerics;

namespace Mev.Journal.Merkle;

/// <summary>
/// Which nodes make a proof (RFC 6962 sections 2.1.1 and 2.1.2), whoever hashes them; bottom first.
/// </summary>
internal static class ProofRanges
{
    /// <summary>The siblings on a leaf's way up.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 &lt;= index &lt; size.</exception>
    public static List<LeafRange> Inclusion(long index, long size)
    {
        CheckRange(index, 0, size - 1, nameof(index));
        var ranges = new List<LeafRange>();
        AddPath(ranges, index, 0, size);
        return ranges;
    }

    /// <summary>That one size is the beginning of another; none where they are one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 &lt;= from &lt;= to.</exception>
    public static List<LeafRange> Consistency(long from, long to)
    {
        CheckRange(from, 1, to, nameof(from));
        var ranges = new List<LeafRange>();
        AddConsistency(ranges, from, 0, to, isWhole: true);
        return ranges;
    }

    /// <summary>The largest power of two below the count.</summary>
    public static long Split(long count) => 1L << BitOperations.Log2((ulong)(count - 1));

    /// <summary>Refuses a number outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside.</exception>
    public static void CheckRange(long value, long min, long max, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, min, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, max, name);
    }

    private static void AddPath(List<LeafRange> ranges, long index, long begin, long count)
    {
        if (count == 1) return;
        var left = Split(count);
        if (index < left)
        {
            AddPath(ranges, index, begin, left);
            ranges.Add(new LeafRange(begin + left, count - left));
        }
        else
        {
            AddPath(ranges, index - left, begin + left, count - left);
            ranges.Add(new LeafRange(begin, left));
        }
    }

    private static void AddConsistency(List<LeafRange> ranges, long from, long begin, long count, bool isWhole)
    {
        if (from == count)
        {
            if (!isWhole) ranges.Add(new LeafRange(begin, count));
            return;
        }
        var left = Split(count);
        if (from <= left)
        {
            AddConsistency(ranges, from, begin, left, isWhole);
            ranges.Add(new LeafRange(begin + left, count - left));
        }
        else
        {
            AddConsistency(ranges, from - left, begin + left, count - left, isWhole: false);
            ranges.Add(new LeafRange(begin, left));
        }
    }
}
