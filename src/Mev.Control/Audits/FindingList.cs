using System.Collections.Immutable;

namespace Mev.Control.Audits;

/// <summary>The findings of one partition: so many are kept, all are counted.</summary>
internal sealed class FindingList(int partition)
{
    private readonly List<AuditFinding> _kept = [];

    public long Total { get; private set; }

    public ImmutableArray<AuditFinding> Kept => [.. _kept];

    public void Add(AuditDefect defect, long from, long to, string text)
    {
        Total++;
        if (_kept.Count < PartitionAudit.FindingsMax)
            _kept.Add(new AuditFinding(partition, defect, from, to, $"partition {partition}, {text}"));
    }

    public void Add(FindingList others)
    {
        _kept.AddRange(others._kept);
        Total += others.Total;
    }

    public void Add(AuditDefect defect, long seq, string text) => Add(defect, seq, seq, text);
}
