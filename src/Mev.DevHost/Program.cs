using Mev.Adapters.DuckDb;
using Mev.DevHost;
using Mev.DevHost.Configuration;
using Mev.DevHost.Control;
using Mev.Gateway;
using Mev.Grains;
using Mev.Grains.Commands;
using Orleans.Dashboard;

return await HostEnd.Guarded(async () =>
{
    var arguments = HostArguments.Parse(args);
    if (arguments.Error is { } error) return HostEnd.Say(HostEnd.Usage, error);
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions
    {
        ContentRootPath = AppContext.BaseDirectory,
    });
    builder.AddDevConfiguration(arguments.Settings);
    if (!builder.IsReadyToBuild(arguments, out var code)) return code;

    builder.Services.AddOwnSimulator(builder.Configuration);
    builder.Services.AddJournal(builder.Configuration);
    builder.Services.AddDuckDbStore(
        builder.Configuration.GetSection("Store"), builder.Configuration.GetSection("Sink"));
    builder.Services.AddMarket(builder.Configuration);
    builder.Services.AddMevGrains(builder.Configuration);
    builder.Services.AddExecution(builder.Configuration);
    builder.Services.AddMevApi(builder.Configuration);
    builder.Services.AddControl(builder.Configuration);
    builder.Services.AddAudit(builder.Configuration);
    builder.AddDevHost(out var ports);
    builder.UseOrleans(silo => silo
        .AddCluster(builder.Configuration, ports)
        .AddStreams(builder.Configuration, ports)
        .AddCommandFilter()
        .AddDashboard(dashboard => dashboard.HideTrace = true));

    await using var app = builder.Build();
    if (!app.IsReadyToRun(arguments, out code)) return code;
    app.MapOrleansDashboard("/orleans");
    app.MapMevApi();
    if (arguments.WantsEndpoints) return EndpointText.Print(app, Console.Out);
    await app.OpenFiles();
    var end = HostEnd.Of(app.Services);
    await app.RunToEnd();
    return end.Code;
});
