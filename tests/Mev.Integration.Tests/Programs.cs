using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Mev.Fixtures;

namespace Mev.Integration.Tests;

/// <summary>Starts the built programs as processes, as people do.</summary>
internal static class Programs
{
    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;

    public static string PathOf(string project, string program) =>
        Path.Combine(TestData.Repository, "artifacts", "bin", project, Configuration, program);

    /// <summary>Starts a program.</summary>
    /// <param name="path">The program.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Further variables, written <c>NAME=value</c>.</param>
    public static Process Start(
        string path, string folder, IEnumerable<string> arguments, params IEnumerable<string> environment)
    {
        Assert.True(File.Exists(path), $"not built: {path}");
        // A run in the background of a script ignores Ctrl-C, and hands that on to whatever it starts.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", .. environment, path])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<Finished> Run(string path, string folder, params IEnumerable<string> arguments)
    {
        using var process = Start(path, folder, arguments);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return new Finished(process.ExitCode, await output, await errors);
    }

    /// <summary>Ports that were free a moment ago, all different.</summary>
    public static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners) listener.Start();
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (var listener in listeners) listener.Dispose();
        return ports;
    }

    internal sealed record Finished(int Code, string Output, string Errors)
    {
        public string All => new StringBuilder(Output).Append(Errors).ToString();
    }
}
