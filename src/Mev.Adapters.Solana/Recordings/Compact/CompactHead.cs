using System.Text;

namespace Mev.Adapters.Solana.Recordings.Compact;

/// <summary>The beginning of a compact recording: what was recorded.</summary>
/// <param name="Description">What the feed was, for people.</param>
/// <param name="HasWholeTransactions">What the feed said of itself.</param>
/// <param name="HasDrains">Drains of a conflating run stand beside the batches.</param>
/// <param name="Check">The check after it, from which those of the frames go on.</param>
internal sealed record CompactHead(string Description, bool HasWholeTransactions, bool HasDrains, ulong Check)
{
    private const int DescriptionBytesMax = 1_024;
    private const byte WholeTransactions = 1;
    private const byte Drains = 2;

    /// <summary>Writes magic, length, what is told and its check; gives the check.</summary>
    public static ulong Write(Stream file, string description, bool hasWholeTransactions, bool hasDrains)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write((byte)((hasWholeTransactions ? WholeTransactions : 0) | (hasDrains ? Drains : 0)));
        writer.Write(Encoding.UTF8.GetByteCount(description) <= DescriptionBytesMax ? description : "");
        writer.Flush();
        var check = CompactCheck.After(0, bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        writer.Write(check);
        writer.Flush();
        file.Write(CompactFormat.Magic);
        file.Write(BitConverter.GetBytes((int)bytes.Length));
        bytes.WriteTo(file);
        return check;
    }

    /// <summary>Reads them; null when the file does not begin so.</summary>
    public static CompactHead? Read(Stream file)
    {
        Span<byte> start = stackalloc byte[CompactFormat.Magic.Length + sizeof(int)];
        if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length) return null;
        var length = BitConverter.ToInt32(start[CompactFormat.Magic.Length..]);
        var isPossible = length is >= 2 + CompactCheck.Length and <= CompactFormat.HeadBytesMax;
        if (!start.StartsWith(CompactFormat.Magic) || !isPossible) return null;
        var bytes = new byte[length];
        if (file.ReadAtLeast(bytes, length, throwOnEndOfStream: false) < length) return null;
        var check = CompactCheck.After(0, bytes.AsSpan(0, length - CompactCheck.Length));
        if (BitConverter.ToUInt64(bytes.AsSpan(length - CompactCheck.Length)) != check) return null;
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes));
            var flags = reader.ReadByte();
            if ((flags & ~(WholeTransactions | Drains)) != 0) return null;
            return new CompactHead(
                reader.ReadString(), (flags & WholeTransactions) != 0, (flags & Drains) != 0, check);
        }
        catch (Exception failure) when (failure is EndOfStreamException or FormatException)
        {
            return null;
        }
    }
}
