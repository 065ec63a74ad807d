namespace Mev.Control.Audits;

/// <summary>One thing that is not as it was signed.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Defect">What it is.</param>
/// <param name="From">The first record that it is about; of a checkpoint its size.</param>
/// <param name="To">The last; of a swap the other one.</param>
/// <param name="Text">In words.</param>
public sealed record AuditFinding(int Partition, AuditDefect Defect, long From, long To, string Text);
