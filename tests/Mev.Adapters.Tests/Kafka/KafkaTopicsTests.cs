using Confluent.Kafka.Admin;
using Mev.Adapters.Kafka;
using Mev.Adapters.Tests.Journal;
using Mev.Fixtures.Kafka;
using Mev.Journal;

namespace Mev.Adapters.Tests.Kafka;

[Collection(KafkaCollection.Name)]
public sealed class KafkaTopicsTests(KafkaBroker broker)
{
    private readonly KafkaLogOptions _options = KafkaLogs.Options(broker);

    [Fact]
    public async Task A_missing_topic_is_named_where_none_may_be_made()
    {
        var options = new KafkaLogOptions { BootstrapServers = _options.BootstrapServers, TopicPrefix = "none." };

        var missing = await Assert.ThrowsAsync<JournalUnavailableException>(
            () => new KafkaTopics(options).Prepare([new(LogTopics.Audit, 5)]));

        Assert.Contains("none.mev.audit is missing: create it with 5 partitions", missing.Message);
    }

    [Fact]
    public async Task What_was_made_is_accepted_and_with_too_few_partitions_refused()
    {
        var topics = new KafkaTopics(_options);
        await topics.Prepare([new(LogTopics.Audit, 2)]);
        await topics.Prepare([new(LogTopics.Audit, 2)]);

        var few = await Assert.ThrowsAsync<JournalUnavailableException>(
            () => topics.Prepare([new(LogTopics.Audit, 3)]));

        Assert.Contains("has 2 partitions: it needs 3", few.Message);
    }

    [Fact]
    public async Task A_topic_with_fewer_replicas_than_asked_for_is_refused()
    {
        await new KafkaTopics(_options).Prepare([new(LogTopics.Audit, 1)]);
        var options = new KafkaLogOptions
        {
            BootstrapServers = _options.BootstrapServers,
            TopicPrefix = _options.TopicPrefix,
            Replicas = 2,
            InSyncReplicasMin = 1,
        };

        var few = await Assert.ThrowsAsync<JournalUnavailableException>(
            () => new KafkaTopics(options).Prepare([new(LogTopics.Audit, 1)]));

        Assert.Contains("has 1 replicas: it needs 2", few.Message);
    }

    [Theory]
    [InlineData("cleanup.policy", "compact")]
    [InlineData("retention.ms", "1000")]
    [InlineData("retention.bytes", "1000000")]
    [InlineData("unclean.leader.election.enable", "true")]
    [InlineData("max.message.bytes", "1000")]
    public async Task A_topic_that_would_lose_or_refuse_records_is_refused_by_its_setting(string setting, string value)
    {
        var topics = new KafkaTopics(_options);
        await topics.Prepare([new(LogTopics.Audit, 1)]);
        using var admin = KafkaClients.Admin(_options);
        await admin.IncrementalAlterConfigsAsync(new Dictionary<ConfigResource, List<ConfigEntry>>
        {
            [new ConfigResource { Name = _options.TopicPrefix + LogTopics.Audit, Type = ResourceType.Topic }] =
                [new ConfigEntry { Name = setting, Value = value, IncrementalOperation = AlterConfigOpType.Set }],
        });

        var refused = await Assert.ThrowsAsync<JournalUnavailableException>(
            () => topics.Prepare([new(LogTopics.Audit, 1)]));

        Assert.Contains($"{setting}={value}", refused.Message);
    }

    [Fact]
    public async Task Records_that_retention_took_are_missed_and_not_passed_over()
    {
        await using var log = await KafkaLogs.Open(_options, new KafkaTopic(LogTopics.Audit, 2));
        await log.Append(Records.Audit, Records.Many(10));
        using var admin = KafkaClients.Admin(_options);
        await admin.DeleteRecordsAsync(
            [new(_options.TopicPrefix + LogTopics.Audit, Records.Audit.Partition, 4)]);

        var missed = await Assert.ThrowsAsync<JournalUnavailableException>(
            async () => await log.Read(Records.Audit, 0, 10));

        Assert.Contains("from 0 up to 4 are missing", missed.Message);
        Assert.Equal(6, (await log.Read(Records.Audit, 4, 10)).Count);
    }
}
