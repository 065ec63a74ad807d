namespace Mev.Domain.Feed;

/// <content>What it did not take as it came, for people.</content>
public partial class PoolAssembler
{
    /// <summary>The counts as of now, read from any thread; those of its bounds stand among the limits.</summary>
    public IEnumerable<InputCount> Input() =>
    [
        new("assembler.duplicates", Counts.Duplicates),
        new("assembler.late", Counts.Late),
        new("assembler.dead-slot-writes", Counts.DeadSlotWrites),
        new("assembler.unknown-accounts", Counts.UnknownAccounts),
        new("assembler.undecodable", Counts.Undecodable),
        new("assembler.unknown-events", Counts.UnknownEvents),
        new("assembler.gaps", Counts.Gaps),
        new("assembler.contradictions", Counts.Contradictions),
        new("assembler.slots-rolled-back", Counts.SlotsRolledBack),
        new("assembler.writes-rolled-back", Counts.WritesRolledBack),
    ];
}
