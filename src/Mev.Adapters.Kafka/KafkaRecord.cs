using System.Buffers.Binary;
using Confluent.Kafka;
using Mev.Domain.Chain;
using Mev.Journal;

namespace Mev.Adapters.Kafka;

/// <summary>
/// A record as a message: its bytes are the value, its key the key, and one header has its type (u8), the time at which
/// it was made (i64, little-endian, nanoseconds) and, of the first record of a decision, the decision's id (16 bytes).
/// </summary>
internal static class KafkaRecord
{
    /// <summary>Bytes that a message has beside its value, at most.</summary>
    public const int OverheadBytesMax = 512;

    private const string Header = "mev";
    private const int HeaderBytes = sizeof(byte) + sizeof(long);
    private const int IdBytes = 16;

    public static Message<byte[], byte[]> Message(LogEntry entry)
    {
        var header = new byte[entry.DecisionId is null ? HeaderBytes : HeaderBytes + IdBytes];
        header[0] = (byte)entry.Type;
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(sizeof(byte)), entry.RecordedNs);
        entry.DecisionId?.TryWriteBytes(header.AsSpan(HeaderBytes), bigEndian: true, out _);
        return new Message<byte[], byte[]>
        {
            Key = entry.Key.ToArray(),
            Value = entry.Bytes.ToArray(),
            Headers = new Headers { { Header, header } },
        };
    }

    /// <exception cref="JournalUnavailableException">Something else wrote to the topic.</exception>
    public static LogRecord Read(ConsumeResult<byte[], byte[]> result)
    {
        var message = result.Message;
        var isOurs = message.Key is { Length: Digest.Length }
            && message.Headers is { Count: 1 } headers && headers[0].Key == Header
            && headers[0].GetValueBytes() is { Length: HeaderBytes or HeaderBytes + IdBytes };
        if (!isOurs)
        {
            throw new JournalUnavailableException(
                $"journal Kafka {result.TopicPartitionOffset}: the record was not written by this platform. Nothing "
                + "else may write to its topics: restore the topic, or name others with Kafka:TopicPrefix.");
        }
        var header = message.Headers[0].GetValueBytes();
        var bytes = message.Value ?? [];
        var recordedNs = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(sizeof(byte)));
        return new LogRecord(
            result.Offset.Value,
            new LogEntry((RecordType)header[0], recordedNs, new Digest(message.Key), bytes)
            {
                DecisionId = header.Length > HeaderBytes ? new Guid(header.AsSpan(HeaderBytes), bigEndian: true) : null,
            },
            LeafHash.Of(bytes));
    }
}
