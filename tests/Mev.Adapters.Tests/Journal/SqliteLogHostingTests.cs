using Mev.Journal;
using Mev.Journal.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Mev.Adapters.Tests.Journal;

public sealed class SqliteLogHostingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_host_has_one_journal_behind_both_ports()
    {
        using var host = Host("Production");
        await host.StartAsync();

        var log = host.Services.GetRequiredService<IPartitionedLog>();

        Assert.Same(log, host.Services.GetRequiredService<IJournalIndex>());
        Assert.Equal(0, await log.Append(Records.Audit, Records.Many(1)));
        await host.StopAsync();
    }

    [Theory]
    [InlineData("/")]
    [InlineData(".")]
    [InlineData("data/")]
    [InlineData("")]
    [InlineData(":memory:")]
    [InlineData("FILE:journal.db?mode=memory")]
    [InlineData("|DataDirectory|journal.db")]
    [InlineData("a\0b")]
    public async Task A_path_that_is_no_file_stops_the_host_and_is_named(string path)
    {
        using var host = Host("Production", ("Path", path));

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(nameof(SqliteLogOptions.Path), failure.Message, StringComparison.Ordinal);
        Assert.Contains("the name of a file", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(SqliteLogOptions.QueueAppendsMax), "0")]
    [InlineData(nameof(SqliteLogOptions.AppendTimeout), "00:00:05.001")] // the audit lag that stops trading
    public async Task An_option_out_of_range_stops_the_host_and_is_named(string option, string value)
    {
        using var host = Host("Production", (option, value));

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(option, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production", "BeforeCommit")]
    [InlineData("Development", "BeforeCommit")]
    [InlineData("Test", "Sometimes")]
    public async Task Acknowledging_before_the_commit_is_refused_outside_a_test_host(string environment, string rule)
    {
        using var host = Host(environment, ("DurabilityRule", rule));

        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
    }

    [Fact]
    public async Task A_test_host_may_acknowledge_before_the_commit()
    {
        using var host = Host("Test", ("DurabilityRule", "BeforeCommit"));
        await host.StartAsync();

        var options = host.Services.GetRequiredService<IOptions<SqliteLogOptions>>().Value;

        Assert.Equal(DurabilityRule.BeforeCommit, options.Durability);
        await host.StopAsync();
    }

    private IHost Host(string environment, params (string Key, string Value)[] settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection([new("Journal:Path", _folder.File("journal.db"))]);
        builder.Configuration.AddInMemoryCollection(
            settings.Select(s => new KeyValuePair<string, string?>($"Journal:{s.Key}", s.Value)));
        builder.Services.AddSqliteLog(builder.Configuration.GetSection("Journal"));
        return builder.Build();
    }
}
