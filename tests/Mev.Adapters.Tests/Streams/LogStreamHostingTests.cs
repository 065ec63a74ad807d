using Mev.Adapters.Kafka;
using Mev.Adapters.Tests.Journal;
using Mev.Journal.Streams;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Streams;

namespace Mev.Adapters.Tests.Streams;

public sealed class LogStreamHostingTests
{
    [Theory]
    [InlineData("Topic", "a topic", "Streams:Topic has letters")]
    [InlineData("Partitions", "0", "log.Partitions must be between 1 and 1024")]
    [InlineData("ChunkRecordsMax", "0", "log.ChunkRecordsMax must be between 1 and 10000")]
    [InlineData("ChunksMax", "1", "log.ChunksMax must be between 2 and 1024")]
    [InlineData("SlowWait", "00:02:00", "log.SlowWait must be between 00:00:00 and 00:01:00")]
    public void A_bad_option_is_named_at_the_start(string option, string value, string message)
    {
        using var host = Silo(KeyValuePair.Create<string, string?>($"Streams:{option}", value));

        var refused = Assert.Throws<OptionsValidationException>(
            host.Services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Contains(message, refused.Message);
    }

    [Fact]
    public void Streams_without_a_log_say_what_is_to_be_added()
    {
        using var host = Silo();

        var refused = Assert.Throws<OrleansConfigurationException>(
            () => host.Services.GetRequiredKeyedService<IQueueAdapterFactory>("log"));

        Assert.Contains("AddSqliteLog or AddKafkaLog", refused.Message);
    }

    [Fact]
    public async Task Streams_in_Kafka_without_a_log_there_say_what_is_to_be_added()
    {
        using var folder = new TemporaryFolder();
        await using var log = SqliteLogs.Open(folder.File("journal.db"));

        var refused = await Assert.ThrowsAsync<OrleansConfigurationException>(
            () => StreamCluster.Start(log, new KafkaLogOptions { BootstrapServers = "127.0.0.1:1" }));

        Assert.Contains("add it with AddKafkaLog", refused.Message);
    }

    private static IHost Silo(params KeyValuePair<string, string?>[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering()
            .AddMemoryGrainStorageAsDefault()
            .AddLogStreams("log", builder.Configuration.GetSection("Streams")));
        return builder.Build();
    }
}
