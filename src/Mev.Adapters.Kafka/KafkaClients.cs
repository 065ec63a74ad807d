using Confluent.Kafka;

namespace Mev.Adapters.Kafka;

/// <summary>Makes the clients of one journal, each bounded in time and memory.</summary>
internal static class KafkaClients
{
    // A broker that hangs is left for another one; a frozen broker keeps its connections open.
    private const int SocketTimeoutMs = 3_000;
    private const int ReconnectMaxMs = 1_000;

    // A fetch at the end of a partition holds up what its consumer asks next for as long.
    private const int FetchWaitMs = 1;

    // A second by default, each time that the queue of what was read ahead is full.
    private const int FullQueueWaitMs = 5;

    // Consumers must name a group; none is joined, since readers choose their partition and offset themselves.
    private const string NoGroup = "mev-journal";

    public static IProducer<byte[], byte[]> Producer(KafkaLogOptions options, Action<Error> failed) =>
        new ProducerBuilder<byte[], byte[]>(Common(new ProducerConfig
        {
            EnableIdempotence = true,
            Acks = Acks.All,
            LingerMs = options.Linger.TotalMilliseconds,
            CompressionType = CompressionType.Lz4,
            MessageTimeoutMs = (int)options.AppendTimeout.TotalMilliseconds,
            MessageMaxBytes = options.RecordBytesMax + KafkaRecord.OverheadBytesMax,
            QueueBufferingMaxMessages = 0, // the log bounds what is under way, and refuses the rest with its name
            QueueBufferingMaxKbytes = (int)(2 * options.AppendBytesMax >> 10),
            DeliveryReportFields = "status",
        }, options))
        .SetErrorHandler((_, error) => failed(error))
        .SetLogHandler((_, _) => { }) // what matters comes as an error
        .Build();

    public static IConsumer<byte[], byte[]> Consumer(KafkaLogOptions options) =>
        new ConsumerBuilder<byte[], byte[]>(Common(new ConsumerConfig
        {
            GroupId = NoGroup,
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            AutoOffsetReset = AutoOffsetReset.Error,
            IsolationLevel = IsolationLevel.ReadUncommitted, // nothing here is transactional
            QueuedMaxMessagesKbytes = (int)Math.Max(64, options.ReadBytesMax >> 10),
            FetchWaitMaxMs = FetchWaitMs,
            FetchQueueBackoffMs = FullQueueWaitMs,
            AllowAutoCreateTopics = false,
        }, options))
        .SetLogHandler((_, _) => { })
        .Build();

    public static IAdminClient Admin(KafkaLogOptions options) =>
        new AdminClientBuilder(Common(new AdminClientConfig(), options)).SetLogHandler((_, _) => { }).Build();

    private static TConfig Common<TConfig>(TConfig config, KafkaLogOptions options)
        where TConfig : ClientConfig
    {
        config.BootstrapServers = options.BootstrapServers;
        config.SocketTimeoutMs = SocketTimeoutMs;
        config.SocketKeepaliveEnable = true;
        config.SocketNagleDisable = true;
        config.ReconnectBackoffMaxMs = ReconnectMaxMs;
        return config;
    }
}
