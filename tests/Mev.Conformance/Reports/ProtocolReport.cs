namespace Mev.Conformance.Reports;

/// <summary>How many vectors of one protocol agree.</summary>
public sealed class ProtocolReport(string protocol)
{
    /// <summary>Differences that are kept for showing; all are counted.</summary>
    public const int MismatchesShownMax = 50;

    private readonly List<Mismatch> _shown = [];

    /// <summary>The protocol's name in the vectors.</summary>
    public string Protocol { get; } = protocol;

    /// <summary>All vectors.</summary>
    public int VectorsCount { get; private set; }

    /// <summary>Vectors with at least one difference.</summary>
    public int MismatchedCount { get; private set; }

    /// <summary>Vectors that agree in everything.</summary>
    public int MatchedCount => VectorsCount - MismatchedCount;

    /// <summary>The first differences.</summary>
    public IReadOnlyList<Mismatch> Shown => _shown;

    /// <summary>Books a vector with its differences.</summary>
    public void Add(IReadOnlyList<Mismatch> mismatches)
    {
        VectorsCount++;
        if (mismatches.Count > 0) MismatchedCount++;
        _shown.AddRange(mismatches.Take(MismatchesShownMax - _shown.Count));
    }
}
