using Mev.DevHost.Configuration;
using Mev.DevHost.Summaries;
using Mev.Gateway;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Mev.DevHost;

/// <summary>Puts the process itself together: what it prints, where it listens, when it ends.</summary>
internal static class DevHosting
{
    private const string Watchdog = "Orleans.Runtime.Watchdog";

    /// <summary>Whether there is something to run: no help or print asked for, no unknown key, ports free.</summary>
    public static bool IsReadyToRun(this WebApplicationBuilder builder, HostArguments arguments, out int code)
    {
        code = HostEnd.Done;
        if (arguments.WantsHelp)
        {
            ConfigurationText.Help(Console.Out);
            return false;
        }
        var unknown = ConfigurationKeys.Check(builder.Configuration, arguments);
        var offenders = LoopbackRule.Offenders(builder.Configuration);
        if (unknown.Count > 0) code = HostEnd.Say(HostEnd.Usage, unknown);
        else if (offenders.Count > 0) code = HostEnd.Say(HostEnd.Usage, LoopbackRule.Refusal(offenders));
        else if (arguments.WantsConfiguration) ConfigurationText.Print(builder.Configuration, Console.Out);
        else if (TakenPorts.Check(builder.Configuration) is { Count: > 0 } taken)
            code = HostEnd.Say(HostEnd.Unavailable, taken);
        else return true;
        return false;
    }

    /// <summary>Adds options, log and summary, and keeps every endpoint on loopback.</summary>
    public static void AddDevHost(this WebApplicationBuilder builder, out DevHostOptions options)
    {
        var section = builder.Configuration.GetSection(DevHostOptions.Section);
        options = section.Get<DevHostOptions>() ?? new DevHostOptions();
        builder.Services.AddOptions<DevHostOptions>().Bind(section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<DevHostOptions>, DevHostOptionsValidator>();
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
            kestrel.ConfigureEndpointDefaults(LoopbackRule.Check));
        builder.Services.AddSingleton<HostEnd>();
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
