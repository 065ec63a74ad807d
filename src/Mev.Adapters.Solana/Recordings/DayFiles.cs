using Mev.Domain.Feed;

namespace Mev.Adapters.Solana.Recordings;

/// <summary>Finds the two files of a recorded day: its blocks, and the accounts that it starts from.</summary>
internal static class DayFiles
{
    private const string Blocks = "-transaction-";
    private const string State = "-state-";

    private static readonly EnumerationOptions OneLevel =
        new() { RecurseSubdirectories = true, MaxRecursionDepth = 1 };

    /// <summary>
    /// The files that the source means: the blocks by name or as the only <c>*-transaction-*.jsonl*</c> of a folder
    /// and its folders, the accounts beside them under the same name with <c>-state-</c> for <c>-transaction-</c>.
    /// </summary>
    /// <exception cref="FeedException">One is not there, or a folder holds several days.</exception>
    public static (string Blocks, string State) Find(RecordingSource source)
    {
        var blocks = Directory.Exists(source.Path) ? OnlyDayIn(source.Path) : source.Path;
        if (!File.Exists(blocks))
            throw new FeedException($"recorded day {blocks} does not exist: check the path of the recording");
        var state = source.InitialAccounts ?? StateOf(blocks);
        return File.Exists(state)
            ? (blocks, state)
            : throw new FeedException($"the day's accounts {state} do not exist: they belong beside its blocks");
    }

    private static string OnlyDayIn(string folder)
    {
        var found = Directory.GetFiles(folder, $"*{Blocks}*.jsonl*", OneLevel);
        return found.Length == 1
            ? found[0]
            : throw new FeedException(
                $"{folder} holds {found.Length} recorded days (*{Blocks}*.jsonl*): name the file of the blocks itself");
    }

    private static string StateOf(string blocks)
    {
        var name = Path.GetFileName(blocks).Replace(Blocks, State, StringComparison.Ordinal)
            .Replace(".jsonl", ".json", StringComparison.Ordinal);
        return Path.Combine(Path.GetDirectoryName(blocks) ?? "", name);
    }
}
