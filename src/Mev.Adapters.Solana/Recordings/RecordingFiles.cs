using Mev.Domain.Feed;

namespace Mev.Adapters.Solana.Recordings;

/// <summary>Finds the two files of a recording.</summary>
internal static class RecordingFiles
{
    private const string Accounts = ".initial-accounts.jsonl";
    private static readonly string[] Endings = [".jsonl.gz", ".jsonl"];

    /// <summary>The replay and the startup accounts that the source means.</summary>
    /// <exception cref="FeedException">One is not there, or a folder holds several recordings.</exception>
    public static (string Replay, string Accounts) Find(RecordingSource source)
    {
        var stem = Directory.Exists(source.Path) ? StemIn(source.Path) : StemOf(source.Path);
        var replay = Directory.Exists(source.Path) ? FirstOf(stem, Endings) : source.Path;
        if (!File.Exists(replay))
            throw new FeedException($"recording {replay} does not exist: check the path of the recording");
        var accounts = source.InitialAccounts ?? FirstOf(stem, [Accounts, Accounts + ".gz"]);
        return File.Exists(accounts)
            ? (replay, accounts)
            : throw new FeedException(
                $"startup accounts {accounts} do not exist: they belong beside the replay");
    }

    private static string StemIn(string folder)
    {
        var found = Directory.GetFiles(folder, "*" + Accounts + "*");
        if (found.Length != 1)
        {
            throw new FeedException(
                $"{folder} holds {found.Length} recordings (*{Accounts}): name the replay file itself");
        }
        return found[0][..found[0].LastIndexOf(Accounts, StringComparison.Ordinal)];
    }

    private static string StemOf(string replay)
    {
        foreach (var ending in Endings)
            if (replay.EndsWith(ending, StringComparison.Ordinal)) return replay[..^ending.Length];
        return replay;
    }

    private static string FirstOf(string stem, string[] endings)
    {
        foreach (var ending in endings)
            if (File.Exists(stem + ending)) return stem + ending;
        return stem + endings[0];
    }
}
