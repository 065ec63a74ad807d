using Mev.Storage.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.TestingHost;

namespace Mev.Adapters.Tests.Storage;

public sealed class SqliteStorageSiloTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task State_of_a_grain_survives_a_restart_of_its_silo()
    {
        await using (var cluster = await Start(_folder.File("state.db")))
        {
            Assert.Equal(5, await Grain(cluster, 1).Add(5));
            Assert.Equal(7, await Grain(cluster, 1).Add(2));
            await Grain(cluster, 2).Add(1);
            await Grain(cluster, 2).Clear();
        }

        await using var restarted = await Start(_folder.File("state.db"));

        Assert.Equal(7, await Grain(restarted, 1).Count());
        Assert.Equal(0, await Grain(restarted, 2).Count());
        Assert.Equal(3, await Grain(restarted, 2).Add(3)); // the cleared one can be written again
        Assert.Equal(8, await Grain(restarted, 1).Add(1));
    }

    [Fact]
    public async Task An_option_out_of_range_stops_the_silo_and_is_named()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var cluster = await Start(_folder.File("state.db"), "CommitWritesMax", "0");
        });

        var invalid = Assert.IsType<OptionsValidationException>(failure.GetBaseException());
        Assert.Contains(nameof(SqliteStorageOptions.CommitWritesMax), invalid.Message, StringComparison.Ordinal);
    }

    private static async Task<InProcessTestCluster> Start(string path, string? key = null, string? value = null)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSiloHost((_, host) =>
        {
            host.Configuration.AddInMemoryCollection([new("Storage:Path", path)]);
            if (key is not null) host.Configuration.AddInMemoryCollection([new($"Storage:{key}", value)]);
            host.UseOrleans(silo => silo.AddSqliteGrainStorageAsDefault(host.Configuration.GetSection("Storage")));
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }

    private static ICountGrain Grain(InProcessTestCluster cluster, long key)
        => cluster.Client.GetGrain<ICountGrain>(key);
}
