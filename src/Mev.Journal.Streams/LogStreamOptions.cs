using System.ComponentModel.DataAnnotations;

namespace Mev.Journal.Streams;

/// <summary>
/// Section <c>Streams</c>: where the streams of a provider lie. Every host of a cluster says the same.
/// </summary>
public sealed class LogStreamOptions
{
    /// <summary>The topic; nothing but these streams is written to it. Default mev.streams.</summary>
    [Required(ErrorMessage = "Streams:Topic names no topic.")]
    [RegularExpression(
        "[a-zA-Z0-9._-]{1,100}", ErrorMessage = "Streams:Topic has letters, digits, . _ - only, at most 100.")]
    public string Topic { get; init; } = LogTopics.Streams;

    /// <summary>
    /// Its partitions, which the silos share out; a stream lies in one. Default 4, and never another once something was
    /// published: it would send streams elsewhere.
    /// </summary>
    [Range(1, 1_024)]
    public int Partitions { get; init; } = 4;

    /// <summary>Records read at once: what a consumer is handed in one call at most. Default 256.</summary>
    [Range(1, 10_000)]
    public int ChunkRecordsMax { get; init; } = 256;

    /// <summary>
    /// Chunks of a partition that are kept for all; as many again for those that are further back. Default 16.
    /// </summary>
    [Range(2, 1_024)]
    public int ChunksMax { get; init; } = 16;

    /// <summary>
    /// How long reading waits for a consumer that still needs the oldest chunk; then it is read for by itself. Default
    /// 1 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan SlowWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A partition of the topic.</summary>
    internal LogPartition At(int partition) => new(Topic, partition);
}
