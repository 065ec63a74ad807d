using Mev.Journal;
using Mev.Streaming.Frames;

namespace Mev.Gateway.Streams.Records;

/// <summary>How a channel looks at a partition of the log: which records it tells of, and what.</summary>
/// <param name="Name">Of the channel; with the partition behind it where there is one for each.</param>
/// <param name="Topic">Of the log.</param>
/// <param name="IsPartitioned">There is one for each partition; else it is of partition 0.</param>
/// <param name="HasFacts">Its messages are of decisions, by which they can be filtered.</param>
/// <param name="Tell">The message of a record; null where the channel has none for it. Never throws.</param>
internal sealed record RecordView(
    string Name, string Topic, bool IsPartitioned, bool HasFacts, Func<LogRecord, StreamMessage?> Tell);
