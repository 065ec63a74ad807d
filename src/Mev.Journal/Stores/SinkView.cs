namespace Mev.Journal.Stores;

/// <summary>How the sink stands.</summary>
/// <param name="IsAvailable">Whether the store took what it was last given.</param>
/// <param name="Records">Records written since the process began.</param>
/// <param name="LagRecords">Records of the journal that the store did not hold at the last look.</param>
/// <param name="Unreadable">Records since then that were damaged or could not be decoded.</param>
/// <param name="Failures">Writes and openings that failed since then.</param>
/// <param name="Trouble">What keeps it from writing, and the remedy; empty when nothing does.</param>
public sealed record SinkView(
    bool IsAvailable, long Records, long LagRecords, long Unreadable, long Failures, string Trouble);
