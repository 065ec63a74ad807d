using Mev.Adapters.Kafka;
using Mev.DevHost.Configuration;
using Mev.DevHost.Control;
using Mev.DevHost.Summaries;
using Mev.Domain.Feed;
using Mev.Domain.Signing;
using Mev.Gateway;
using Mev.Grains.Strategies;
using Mev.Journal;
using Mev.Journal.Sqlite;
using Mev.Storage.Redis;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Mev.DevHost;

/// <summary>Puts the process itself together: what it prints, where it listens, when it ends.</summary>
internal static class DevHosting
{
    private const string Watchdog = "Orleans.Runtime.Watchdog";

    /// <summary>Whether there is something to build: no help asked for, no unknown key, no bad value.</summary>
    public static bool IsReadyToBuild(this WebApplicationBuilder builder, HostArguments arguments, out int code)
    {
        code = HostEnd.Done;
        if (arguments.WantsHelp)
        {
            ConfigurationText.Help(builder.Configuration, Console.Out);
            return false;
        }
        IReadOnlyList<string> refusals =
        [
            .. ConfigurationKeys.Check(builder.Configuration, arguments),
            .. ConfigurationValues.Check(builder.Configuration),
            .. LoopbackRule.Refusals(builder.Configuration),
            .. MutationRule.Refusals(builder.Configuration),
        ];
        if (refusals.Count > 0) code = HostEnd.Say(HostEnd.Usage, refusals);
        return refusals.Count == 0;
    }

    /// <summary>
    /// Whether there is something to run: options that fit together, more than a print asked for, ports free, a feed.
    /// </summary>
    /// <exception cref="OptionsValidationException">Options do not fit together.</exception>
    /// <exception cref="FeedException">The feed's files are not there, or are others.</exception>
    public static bool IsReadyToRun(this WebApplication app, HostArguments arguments, out int code)
    {
        code = HostEnd.Done;
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        _ = app.Services.GetRequiredService<StrategyCatalog>(); // no id twice
        if (arguments.WantsConfiguration)
        {
            ConfigurationText.Print(app.Configuration, Console.Out);
            return false;
        }
        _ = app.Services.GetService<ITransactionSigner>(); // its key files, where the mode signs
        if (HostPorts.NamedTwice(app.Configuration) is { Count: > 0 } doubled)
        {
            code = HostEnd.Say(HostEnd.Usage, doubled);
            return false;
        }
        if (HostPorts.Taken(app.Configuration) is { Count: > 0 } taken)
        {
            code = HostEnd.Say(HostEnd.Unavailable, taken);
            return false;
        }
        _ = app.Services.GetRequiredService<IMarketFeed>();
        return true;
    }

    /// <summary>
    /// Runs until it is asked to end. What was begun before a start fails is ended before files are closed.
    /// </summary>
    public static async Task RunToEnd(this WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await EndBegun(app);
            throw;
        }
        await app.WaitForShutdownAsync();
    }

    private static async Task EndBegun(WebApplication app)
    {
        try
        {
            await app.StopAsync();
        }
        catch (InvalidOperationException)
        {
            // a silo that had not begun to start refuses to be stopped; why the start failed is what is told
        }
    }

    /// <summary>
    /// Opens journal and states, and sees that the cluster in them is the one that is meant: a silo that starts without
    /// its files dies in the middle of its start. No new journal is begun beside states that were made of another, and
    /// none that is not what was signed is appended to.
    /// </summary>
    /// <exception cref="SqliteUnavailableException">A file cannot be opened.</exception>
    /// <exception cref="RedisUnavailableException">Redis does not answer, or another silo is there.</exception>
    /// <exception cref="JournalBehindException">There are states, but not their journal.</exception>
    public static async Task OpenFiles(this WebApplication app)
    {
        var hasBrokers = app.Configuration.HasBrokers();
        if (hasBrokers) await app.Services.PrepareTopics();
        await app.OpenStates();
        var journal = app.Services.GetRequiredService<IOptions<SqliteLogOptions>>().Value.Path;
        if (!hasBrokers && !File.Exists(journal) && await app.PlaceOfStates() is { } states)
        {
            throw new JournalBehindException(
                $"Journal:Path '{journal}' is not there, but {states.Place} holds what was made of a journal. "
                + $"Restore both from the same backup, or begin anew: --Journal:Path FILE {states.Anew}.");
        }
        _ = app.Services.GetRequiredService<IPartitionedLog>();
        await app.Services.OpenTrees();
        await app.Services.CheckStart();
    }

    /// <summary>Adds options, log and summary, and keeps every endpoint on loopback.</summary>
    public static void AddDevHost(this WebApplicationBuilder builder, out DevHostOptions options)
    {
        var section = builder.Configuration.GetSection(DevHostOptions.Section);
        options = section.Get<DevHostOptions>() ?? new DevHostOptions();
        builder.Services.AddOptions<DevHostOptions>().Bind(section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<DevHostOptions>, DevHostOptionsValidator>();
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            if (!LoopbackRule.IsOpen(builder.Configuration)) kestrel.ConfigureEndpointDefaults(LoopbackRule.Check);
            RequestLimits.Set(kestrel.Limits);
        });
        builder.Services.Configure<HostFilteringOptions>(filter =>
            filter.AllowedHosts = [.. LoopbackRule.HostNames(builder.Configuration)]);
        builder.Services.AddSingleton<AppendLatency>();
        builder.Services.AddSingleton<HostLog>();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ILoggerProvider>(provider => provider.GetRequiredService<HostLog>());
        builder.Services.AddOptions<LoggerFilterOptions>().Configure<IServiceProvider>(AddWatchdogFilter);
        builder.Services.AddHostedService<LiveSummary>();
    }

    // The silo's watchdog counts its first interval from the machine's start and warns of hours without a check. What
    // it says of a host that has started is true.
    private static void AddWatchdogFilter(LoggerFilterOptions filters, IServiceProvider services) =>
        filters.AddFilter(Watchdog, level => level >= LogLevel.Warning
            && services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.IsCancellationRequested);
}
