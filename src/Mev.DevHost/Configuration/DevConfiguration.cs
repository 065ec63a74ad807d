using System.Reflection;
using Mev.DevHost.Simulation;

namespace Mev.DevHost.Configuration;

/// <summary>
/// Where configuration comes from, the later winning: <c>appsettings.json</c>, <c>appsettings.{Environment}.json</c>,
/// the mode where none is named and what the mode Simulated implies, user secrets (Development), environment variables
/// <c>MEV__Section__Key</c>, the command line. Nothing else: a stray variable of the machine is no setting.
/// </summary>
internal static class DevConfiguration
{
    public const string Prefix = "MEV__";

    private const int FileCount = 2;

    public static void AddDevConfiguration(this WebApplicationBuilder builder, IReadOnlyList<string> arguments)
    {
        var environment = builder.Environment;
        builder.Configuration.Sources.Clear();
        builder.Configuration
            .SetBasePath(AppContext.BaseDirectory) // where appsettings.json lies, whatever folder it is started from
            .AddJsonFile("appsettings.json", optional: true)
            .AddJsonFile($"appsettings.{environment.EnvironmentName}.json", optional: true);
        if (environment.IsDevelopment())
            builder.Configuration.AddUserSecrets(Assembly.GetExecutingAssembly(), optional: true);
        builder.Configuration.AddEnvironmentVariables(Prefix).AddCommandLine([.. arguments]);
        builder.Configuration.AddSimulatedDefaults(below: FileCount);
    }
}
