namespace Mev.Adapters.Solana.Recordings.Compact;

/// <summary>
/// The form of a compact recording (docs/recordings.md): a head, frames of batches that are compressed each for itself,
/// and an end without which the recording was cut.
/// </summary>
internal static class CompactFormat
{
    /// <summary>Raw bytes after which a frame is written.</summary>
    public const int FrameBytes = 4 << 20;

    /// <summary>Raw bytes of one frame at most; a batch is never divided, and startup values are one.</summary>
    public const int FrameBytesMax = 512 << 20;

    /// <summary>Bytes of the head at most.</summary>
    public const int HeadBytesMax = 4_096;

    /// <summary>Feed time after which a frame is written, so that an end without warning loses no more.</summary>
    public const long FrameNs = 1_000_000_000;

    /// <summary>First bytes of the file, with the version of the form.</summary>
    public static ReadOnlySpan<byte> Magic => "MEVREC02"u8;
}
