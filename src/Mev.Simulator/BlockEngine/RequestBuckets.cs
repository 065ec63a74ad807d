using System.Net;

namespace Mev.Simulator.BlockEngine;

/// <summary>
/// The rate limits: for each address (or key) and region a bucket that holds one second's requests and is filled
/// evenly. Who finds it empty is in breach, and is remembered.
/// </summary>
internal sealed class RequestBuckets(BlockEngineOptions options, TimeProvider time)
{
    private const int SourcesMax = 65_536;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Source, int Region), Bucket> _buckets = [];

    /// <summary>Whose requests count together.</summary>
    public static string SourceOf(IPAddress? address, string? key) =>
        key is { Length: > 0 } ? $"key {key}" : $"{address}";

    /// <summary>Takes one request.</summary>
    /// <exception cref="EngineRefusal">There are too many.</exception>
    public void Take(string source, EngineRegion region)
    {
        var isKey = source.StartsWith("key ", StringComparison.Ordinal);
        var limit = isKey ? options.AuthenticatedRequestsPerSecond : options.RequestsPerSecond;
        lock (_gate)
        {
            if (!_buckets.TryGetValue((source, region.Number), out var bucket))
            {
                if (_buckets.Count >= SourcesMax) throw EngineRefusal.Of(RefusalRow.Congested);
                _buckets.Add((source, region.Number), bucket = new Bucket(limit, time.GetTimestamp()));
            }
            var now = time.GetTimestamp();
            bucket.Left = Math.Min(limit, bucket.Left + time.GetElapsedTime(bucket.FilledAt, now).TotalSeconds * limit);
            bucket.FilledAt = now;
            if (bucket.Left >= 1)
            {
                bucket.Left -= 1;
                return;
            }
            bucket.IsInBreach = true;
            throw EngineRefusal.RateLimited(limit, TimeSpan.FromSeconds((1 - bucket.Left) / limit));
        }
    }

    /// <summary>The source asked too much before.</summary>
    public bool IsInBreach(string source, EngineRegion region)
    {
        lock (_gate) return _buckets.TryGetValue((source, region.Number), out var bucket) && bucket.IsInBreach;
    }

    private sealed class Bucket(double left, long filledAt)
    {
        public double Left { get; set; } = left;

        public long FilledAt { get; set; } = filledAt;

        public bool IsInBreach { get; set; }
    }
}
