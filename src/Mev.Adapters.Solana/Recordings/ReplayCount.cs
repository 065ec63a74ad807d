using System.Text.Json;
using Mev.Domain.Feed;

namespace Mev.Adapters.Solana.Recordings;

/// <summary>Counts the batches of a replay without reading more of each line than its signature.</summary>
internal static class ReplayCount
{
    /// <summary>Transactions and the startup batch; null when the file cannot be read to its end.</summary>
    public static ulong? Batches(string replay)
    {
        try
        {
            using var lines = new RecordingLines(replay);
            var count = 1UL;
            byte[] last = [];
            while (lines.TryRead(out var line))
            {
                var signature = SignatureOf(line);
                if (signature.SequenceEqual(last)) continue;
                last = signature.ToArray();
                count++;
            }
            return count;
        }
        catch (Exception e) when (e is FeedException or JsonException)
        {
            return null;
        }
    }

    private static ReadOnlySpan<byte> SignatureOf(ReadOnlySpan<byte> line)
    {
        var json = new Utf8JsonReader(line);
        while (json.Read())
        {
            if (json.CurrentDepth != 1 || json.TokenType != JsonTokenType.PropertyName) continue;
            var isSignature = json.ValueTextEquals("signature"u8);
            json.Read();
            if (isSignature) return json.ValueSpan;
            json.Skip();
        }
        throw new JsonException("no signature");
    }
}
