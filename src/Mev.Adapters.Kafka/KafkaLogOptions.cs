using System.ComponentModel.DataAnnotations;

namespace Mev.Adapters.Kafka;

/// <summary>Section <c>Kafka</c>: the journal of a cluster.</summary>
public sealed class KafkaLogOptions
{
    /// <summary>
    /// The brokers, <c>host:port</c> with commas between; all of them, so that one that hangs is passed by. Default
    /// none: the journal is a file.
    /// </summary>
    [Required(ErrorMessage = "Kafka:BootstrapServers names no broker, host:port.")]
    public string BootstrapServers { get; init; } = "";

    /// <summary>What stands before the names of the topics: platforms may share brokers. Default nothing.</summary>
    [RegularExpression("[a-zA-Z0-9._-]{0,100}", ErrorMessage = "Kafka:TopicPrefix has letters, digits, . _ - only.")]
    public string TopicPrefix { get; init; } = "";

    /// <summary>The file of the index beside this host, made anew where it is missing. Default data/index.db.</summary>
    [Required(ErrorMessage = "Kafka:IndexPath names no file.")]
    public string IndexPath { get; init; } = "data/index.db";

    /// <summary>Whether topics that are missing are made at the start; otherwise they are named. Default no.</summary>
    public bool CreatesTopics { get; init; }

    /// <summary>Replicas of a topic that is made; one with fewer is refused. Default 3.</summary>
    [Range(1, 9)]
    public int Replicas { get; init; } = 3;

    /// <summary>Replicas that have a record before it is durable. Default 2; a topic with fewer is refused.</summary>
    [Range(1, 9)]
    public int InSyncReplicasMin { get; init; } = 2;

    /// <summary>
    /// Longest wait from the call of an append to its being acknowledged; then it failed. Default 5 s, and not more:
    /// that is the audit lag at which trading stops.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:05")]
    public TimeSpan AppendTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long records wait for company before they are sent. Default 0.5 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:00.100")]
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(0.5);

    /// <summary>Appends that are not acknowledged yet; more are refused. Default 8,192.</summary>
    [Range(1, 1_000_000)]
    public int AppendsMax { get; init; } = 8_192;

    /// <summary>Bytes of records that are not acknowledged yet, with the same rule. Default 128 MiB.</summary>
    [Range(1L << 20, 1L << 30)]
    public long AppendBytesMax { get; init; } = 128L << 20;

    /// <summary>Bytes of one record; brokers take 1 MB where nobody changed it. Default 1,000,000.</summary>
    [Range(1_000, 100_000_000)]
    public int RecordBytesMax { get; init; } = 1_000_000;

    /// <summary>Reads at one time; more wait for their turn. Default 4.</summary>
    [Range(1, 64)]
    public int ReadersMax { get; init; } = 4;

    /// <summary>Bytes after which one read ends, with fewer records than asked for. Default 16 MiB.</summary>
    [Range(1L << 10, 1L << 30)]
    public long ReadBytesMax { get; init; } = 16L << 20;

    /// <summary>Longest wait for a broker's answer to a read. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often brokers that failed are asked whether they take records again. Default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10")]
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromMilliseconds(500);
}
