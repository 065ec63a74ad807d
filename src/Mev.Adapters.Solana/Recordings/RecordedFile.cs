using System.Globalization;
using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Adapters.Solana.Recordings;

/// <summary>Tells one recorded file from another without reading all of it.</summary>
internal static class RecordedFile
{
    private const int HeadBytes = 64 << 10;
    private const int DigitsShown = 16;

    /// <summary>Name, length and hash of the first 64 KiB.</summary>
    /// <exception cref="FeedException">It cannot be read.</exception>
    public static string Identify(string path) => Guarded(path, () =>
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var head = new byte[HeadBytes];
        var read = file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false);
        var hash = Digest.Of(head.AsSpan(0, read)).ToString()[..DigitsShown];
        return string.Create(
            CultureInfo.InvariantCulture, $"{Path.GetFileName(path)} ({file.Length} bytes, head {hash})");
    });

    /// <summary>What a reading of a file answers; a file that cannot be read is named.</summary>
    /// <exception cref="FeedException">It cannot be read.</exception>
    public static T Guarded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FeedException($"{path} cannot be opened: {e.Message} Check the path and its permissions.", e);
        }
    }
}
