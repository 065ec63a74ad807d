using System.Globalization;
using System.Text;
using Mev.Control.Checkpoints;

namespace Mev.Cli.Audits;

/// <summary>
/// What a witness cosigned last, a note for each partition in a folder of its own. It is on disk before the cosignature
/// leaves this process, so that after any end of it the witness goes on from there. One process has the folder.
/// </summary>
internal sealed class WitnessState : IDisposable
{
    private const string Prefix = "partition-";
    private const string Suffix = ".note";

    private readonly string _folder;
    private readonly FileStream _ownership;

    public WitnessState(string folder)
    {
        _folder = folder;
        try
        {
            Directory.CreateDirectory(folder);
            _ownership = new FileStream(
                Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(
                ExitCode.Unavailable, $"--state '{folder}': {failure.Message} One witness at a time has a folder.");
        }
    }

    /// <summary>What was cosigned last of a partition; null when nothing was.</summary>
    /// <exception cref="CommandFailure">There is something else: the witness must not begin anew.</exception>
    public static SignedNote? Read(string folder, int partition)
    {
        var path = PathOf(folder, partition);
        if (!File.Exists(path)) return null;
        var note = SignedNote.Parse(File.ReadAllText(path, Encoding.UTF8));
        return note is not null && Checkpoint.Parse(note.Text) is not null
            ? note
            : throw new CommandFailure(
                ExitCode.VerificationFailed, $"'{path}' is no cosigned checkpoint: restore it, or look why it changed");
    }

    /// <summary>The partitions of which something was cosigned; none without a folder.</summary>
    public static IEnumerable<int> Partitions(string? folder) =>
        folder is null || !Directory.Exists(folder)
            ? []
            : from path in Directory.GetFiles(folder, $"{Prefix}*{Suffix}")
              let number = Path.GetFileName(path)[Prefix.Length..^Suffix.Length]
              where int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _)
              select int.Parse(number, CultureInfo.InvariantCulture);

    /// <inheritdoc cref="Partitions(string?)"/>
    public IEnumerable<int> Partitions() => Partitions(_folder);

    /// <inheritdoc cref="Read(string, int)"/>
    public SignedNote? Read(int partition) => Read(_folder, partition);

    /// <summary>Puts a note in the place of the one before, whole or not at all; on disk when this returns.</summary>
    public void Write(int partition, SignedNote note) => Write(PathOf(_folder, partition), $"{note}");

    /// <summary>Keeps what shows that the log misbehaved.</summary>
    public string KeepEvidence(int partition, string text)
    {
        var path = Path.Combine(_folder, $"{Prefix}{partition}.alarm");
        Write(path, text);
        return path;
    }

    public void Dispose() => _ownership.Dispose();

    private static string PathOf(string folder, int partition) => Path.Combine(folder, $"{Prefix}{partition}{Suffix}");

    private static void Write(string path, string text)
    {
        var next = path + ".next";
        using (var file = new FileStream(next, FileMode.Create, FileAccess.Write))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }
        File.Move(next, path, overwrite: true);
    }
}
