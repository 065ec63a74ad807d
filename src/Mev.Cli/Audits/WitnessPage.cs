using Mev.Control.Checkpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mev.Cli.Audits;

/// <summary>Shows over HTTP what a witness cosigned: <c>/v1/cosigned/PARTITION</c>, and its key.</summary>
internal static class WitnessPage
{
    private const int ConnectionsMax = 64;

    /// <summary>Listens until it is disposed of.</summary>
    /// <exception cref="CommandFailure">It cannot listen there.</exception>
    public static async Task<WebApplication> Listen(string url, NoteKey key, WitnessState state)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxConcurrentConnections = ConnectionsMax);
        var app = builder.Build();
        app.MapGet("/v1/key", () => Results.Text($"{key}\n"));
        app.MapGet("/v1/cosigned/{partition:int}", (int partition) =>
            state.Read(partition) is { } note ? Results.Text($"{note}") : Results.NotFound());
        try
        {
            app.Urls.Add(url);
            await app.StartAsync();
            return app;
        }
        catch (Exception failure) when (failure is IOException or InvalidOperationException or FormatException)
        {
            await app.DisposeAsync();
            throw new CommandFailure(ExitCode.Usage, $"--listen '{url}': {failure.Message}");
        }
    }
}
