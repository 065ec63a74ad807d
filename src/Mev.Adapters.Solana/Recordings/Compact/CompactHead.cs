using System.Text;

namespace Mev.Adapters.Solana.Recordings.Compact;

/// <summary>The beginning of a compact recording: what was recorded.</summary>
/// <param name="Description">What the feed was, for people.</param>
/// <param name="HasWholeTransactions">What the feed said of itself.</param>
internal sealed record CompactHead(string Description, bool HasWholeTransactions)
{
    private const int DescriptionBytesMax = 1_024;

    /// <summary>Writes magic, length and what is told.</summary>
    public static void Write(Stream file, string description, bool hasWholeTransactions)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(hasWholeTransactions);
        writer.Write(Encoding.UTF8.GetByteCount(description) <= DescriptionBytesMax ? description : "");
        writer.Flush();
        file.Write(CompactFormat.Magic);
        file.Write(BitConverter.GetBytes((int)bytes.Length));
        bytes.WriteTo(file);
    }

    /// <summary>Reads them; null when the file does not begin so.</summary>
    public static CompactHead? Read(Stream file)
    {
        Span<byte> start = stackalloc byte[CompactFormat.Magic.Length + sizeof(int)];
        if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length) return null;
        var length = BitConverter.ToInt32(start[CompactFormat.Magic.Length..]);
        if (!start.StartsWith(CompactFormat.Magic) || length is < 2 or > CompactFormat.HeadBytesMax) return null;
        var bytes = new byte[length];
        if (file.ReadAtLeast(bytes, length, throwOnEndOfStream: false) < length) return null;
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes));
            var hasWholeTransactions = reader.ReadBoolean();
            return new CompactHead(reader.ReadString(), hasWholeTransactions);
        }
        catch (Exception failure) when (failure is EndOfStreamException or FormatException)
        {
            return null;
        }
    }
}
