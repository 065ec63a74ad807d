using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Adapters.Solana.Recordings;

/// <summary>
/// Every account of one program at one slot, from CSV without a header (gzip or plain), in either shape:
/// <c>pubkey,data</c> or <c>pubkey,owner,length,lamports,write version,data</c>; data in base64.
/// </summary>
public sealed partial class SnapshotReader
{
    private readonly string _path;
    private readonly Pubkey _owner;

    /// <summary>A reader over a snapshot file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="slot">Slot of the values; when null it is the last number in the file's name.</param>
    /// <param name="owner">Owner where the file tells none; Whirlpool when null.</param>
    /// <exception cref="FeedException">No slot was given and the name holds none.</exception>
    public SnapshotReader(string path, Slot? slot = null, Pubkey? owner = null)
    {
        (_path, _owner) = (path, owner ?? Programs.Whirlpool);
        Slot = slot ?? SlotIn(path);
    }

    /// <summary>Slot of every write.</summary>
    public Slot Slot { get; }

    /// <summary>
    /// The accounts as startup writes in the order of the file; lamports are 1 where the file tells none. The bytes of
    /// a write are valid until the next one is read.
    /// </summary>
    /// <exception cref="FeedException">The file is missing, cut or not of either shape.</exception>
    public IEnumerable<AccountWrite> Read()
    {
        using var lines = new RecordingLines(_path);
        var bytes = new AccountBytes();
        var keys = new KeyCache();
        while (TryParse(lines, bytes, keys, out var write)) yield return write;
    }

    private bool TryParse(RecordingLines lines, AccountBytes bytes, KeyCache keys, out AccountWrite write)
    {
        write = default;
        if (!lines.TryRead(out var line)) return false;
        Span<Range> columns = stackalloc Range[6];
        var count = 0;
        foreach (var column in line.Split((byte)','))
        {
            if (count == columns.Length) throw lines.Bad("more than 6 columns");
            columns[count++] = column;
        }
        if (count is not (2 or 6)) throw lines.Bad($"{count} columns, not 2 or 6");
        bytes.Clear();
        if (!bytes.TryAppend(line[columns[count - 1]], out var data)) throw lines.Bad("the last column is not base64");
        var owner = count == 2 ? _owner : Key(line[columns[1]], lines, keys);
        if (count == 6 && Number(line[columns[2]], lines) != (ulong)bytes.Length)
            throw lines.Bad($"{bytes.Length} bytes of data, not the length of column 3");
        write = new AccountWrite
        {
            Key = Key(line[columns[0]], lines, keys),
            Owner = owner,
            Lamports = count == 2 ? 1 : Number(line[columns[3]], lines),
            Slot = Slot,
            WriteVersion = count == 2 ? 0 : Number(line[columns[4]], lines),
            IsStartup = true,
            Data = bytes.Slice(data),
        };
        return true;
    }

    private static Pubkey Key(ReadOnlySpan<byte> column, RecordingLines lines, KeyCache keys)
    {
        Span<char> text = stackalloc char[Base58.DigitsMax];
        return column.Length <= text.Length && Encoding.Latin1.TryGetChars(column, text, out var length)
            && keys.TryRead(text[..length], out var key)
            ? key : throw lines.Bad("a column is not the base58 address that it has to be");
    }

    private static ulong Number(ReadOnlySpan<byte> column, RecordingLines lines) =>
        Utf8Parser.TryParse(column, out ulong number, out var consumed) && consumed == column.Length
            ? number : throw lines.Bad("a column is not the whole number that it has to be");

    private static Slot SlotIn(string path)
    {
        var match = Digits().Match(Path.GetFileName(path));
        return match.Success && ulong.TryParse(match.Value, CultureInfo.InvariantCulture, out var slot)
            ? new Slot(slot)
            : throw new FeedException($"{path}: its name holds no slot; give the slot of the snapshot");
    }

    [GeneratedRegex("[0-9]+", RegexOptions.RightToLeft)]
    private static partial Regex Digits();
}
