using Mev.Adapters.Paper;
using Mev.DevHost;
using Mev.Domain.Bundles;
using Mev.Domain.Feed;
using Mev.Fault.Host;
using Mev.Grains;
using Mev.Journal;
using Mev.Journal.Sqlite;
using Mev.Storage.Sqlite;

// The DevHost without its web parts, watched: it says in files of its own what it sent and what was acknowledged, may
// kill itself at a moment that the test chose, and ends with its feed.
var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddSqliteLog(builder.Configuration.GetSection("Journal"));
builder.Services.AddMarket(builder.Configuration);
builder.Services.AddExecution(builder.Configuration);
builder.Services.Configure<FaultOptions>(builder.Configuration.GetSection("Fault"));
builder.Services.AddSingleton<KillSwitch>();
builder.Services.AddSingleton<IPartitionedLog>(provider => ActivatorUtilities.CreateInstance<ObservedLog>(
    provider, provider.GetRequiredService<SqliteLog>()));
builder.Services.AddSingleton<IMarketFeed>(provider => ActivatorUtilities.CreateInstance<PacedFeed>(
    provider, provider.GetRequiredService<PaperMarket>()));
builder.Services.AddSingleton<IBundleSender>(provider => ActivatorUtilities.CreateInstance<ObservedSender>(
    provider, provider.GetRequiredService<PaperMarket>()));
builder.Services.AddMevGrains(builder.Configuration);
builder.Services.AddHostedService<EndOfFeed>();
builder.UseOrleans(silo => silo
    .UseLocalhostClustering(FreePort.Next(), FreePort.Next(), serviceId: "mev", clusterId: "fault")
    .AddSqliteGrainStorageAsDefault(builder.Configuration.GetSection("State")));
await builder.Build().RunAsync();
