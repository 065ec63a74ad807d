using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Mev.Journal;

namespace Mev.Adapters.Kafka;

/// <summary>
/// Sees at the start that the topics are there and keep what they are given: every record, for ever, on enough
/// replicas. A topic that would forget, compact or take a record alone is refused by the name of its setting.
/// </summary>
public sealed class KafkaTopics(KafkaLogOptions options)
{
    private const string Policy = "cleanup.policy";
    private const string InSync = "min.insync.replicas";
    private const string Unclean = "unclean.leader.election.enable";
    private const string MessageMax = "max.message.bytes";

    // What brokers take where nobody says otherwise.
    private const int MessageMaxDefault = 1_048_588;

    private static readonly string[] Unbounded = ["retention.ms", "retention.bytes"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Makes what is missing, where the options say so, and checks all of them.</summary>
    /// <exception cref="JournalUnavailableException">
    /// No broker answers, or a topic is missing or set up otherwise: each problem with its remedy.
    /// </exception>
    public async Task Prepare(IReadOnlyList<KafkaTopic> topics)
    {
        using var admin = KafkaClients.Admin(options);
        try
        {
            var problems = new List<string>();
            foreach (var topic in topics)
            {
                if (Find(admin, topic) is { } found) problems.AddRange(await Problems(admin, topic, found));
                else if (options.CreatesTopics) await Create(admin, topic);
                else problems.Add($"topic {NameOf(topic)} is missing: create it with {topic.Partitions} partitions");
            }
            if (problems.Count > 0) throw Unavailable(string.Join("; ", problems));
        }
        catch (KafkaException failure)
        {
            throw Unavailable(failure.Error.Reason);
        }
    }

    private int MessageBytes => options.RecordBytesMax + KafkaRecord.OverheadBytesMax;

    private string NameOf(KafkaTopic topic) => options.TopicPrefix + topic.Name;

    // Among all topics: asked by its name, a broker may make one with settings of its own.
    private TopicMetadata? Find(IAdminClient admin, KafkaTopic topic) =>
        admin.GetMetadata(Patience).Topics.Find(found => found.Topic == NameOf(topic));

    private Task Create(IAdminClient admin, KafkaTopic topic) => admin.CreateTopicsAsync(
    [
        new TopicSpecification
        {
            Name = NameOf(topic),
            NumPartitions = topic.Partitions,
            ReplicationFactor = (short)options.Replicas,
            Configs = new Dictionary<string, string>
            {
                [Policy] = "delete",
                [Unbounded[0]] = "-1",
                [Unbounded[1]] = "-1",
                [InSync] = options.InSyncReplicasMin.ToString(CultureInfo.InvariantCulture),
                [Unclean] = "false",
                [MessageMax] = Math.Max(MessageBytes, MessageMaxDefault).ToString(CultureInfo.InvariantCulture),
                ["message.timestamp.type"] = "LogAppendTime",
            },
        },
    ]);

    private async Task<List<string>> Problems(IAdminClient admin, KafkaTopic topic, TopicMetadata found)
    {
        var name = NameOf(topic);
        var problems = new List<string>();
        if (found.Partitions.Count < topic.Partitions)
            problems.Add($"topic {name} has {found.Partitions.Count} partitions: it needs {topic.Partitions}");
        var replicas = found.Partitions.Select(partition => partition.Replicas.Length).DefaultIfEmpty().Min();
        if (replicas < options.Replicas)
            problems.Add($"topic {name} has {replicas} replicas: it needs {options.Replicas} (Kafka:Replicas)");
        var resource = new ConfigResource { Name = name, Type = ResourceType.Topic };
        var settings = (await admin.DescribeConfigsAsync([resource]))[0].Entries;
        Want(Policy, "delete", settings[Policy].Value == "delete");
        foreach (var bound in Unbounded) Want(bound, "-1", settings[bound].Value == "-1");
        Want(Unclean, "false", settings[Unclean].Value == "false");
        WantAtLeast(InSync, options.InSyncReplicasMin, nameof(options.InSyncReplicasMin));
        WantAtLeast(MessageMax, MessageBytes, nameof(options.RecordBytesMax));
        return problems;

        void WantAtLeast(string setting, int least, string option) => Want(
            setting, $"{least} or more (Kafka:{option})",
            int.TryParse(settings[setting].Value, CultureInfo.InvariantCulture, out var value) && value >= least);

        void Want(string setting, string wanted, bool isSo)
        {
            if (!isSo) problems.Add($"topic {name} has {setting}={settings[setting].Value}: set it to {wanted}");
        }
    }

    private JournalUnavailableException Unavailable(string reason) =>
        new($"journal Kafka {options.BootstrapServers}: {reason}.");
}
