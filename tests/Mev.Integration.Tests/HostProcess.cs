using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Mev.Integration.Tests;

/// <summary>A host with a folder of its own: journal and state survive from one start to the next.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private HostProcess(Process process, Uri url)
    {
        (_process, Url) = (process, url);
        Http = new HttpClient { BaseAddress = url };
        _process.OutputDataReceived += (_, line) => _lines.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static string Program => Programs.PathOf("Mev.DevHost", "Mev.DevHost");

    public Uri Url { get; }

    public HttpClient Http { get; }

    public bool IsRunning => !_process.HasExited;

    /// <summary>What it wrote so far.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>A seeded market of all protocols that ends after some hundred transactions.</summary>
    public static string[] Generator(int transactions) =>
    [
        "--Feed:Source", "Generator", "--Generator:Seed", "11", "--Generator:Pools", "60", "--Generator:Mints", "16",
        "--Generator:Transactions", $"{transactions}", "--Generator:FirstGap", "0.01",
    ];

    public static string[] Ports(int[] ports) =>
    [
        "--Urls", $"http://127.0.0.1:{ports[0]}", "--Host:SiloPort", $"{ports[1]}", "--Host:GatewayPort", $"{ports[2]}",
    ];

    /// <summary>Starts a host and waits until its feed has ended.</summary>
    public static Task<HostProcess> Start(string folder, params string[] settings) =>
        Start(folder, Programs.FreePorts(3), host => host.Has("isComplete"), settings, []);

    /// <summary>Starts a host on such ports and waits until it answers.</summary>
    public static Task<HostProcess> StartAt(int[] ports, string folder, params string[] settings) =>
        Start(folder, ports, host => host.Has(null), settings, []);

    /// <summary>The same with further variables of its environment, written <c>NAME=value</c>.</summary>
    public static Task<HostProcess> StartWith(
        int[] ports, string folder, IReadOnlyList<string> environment, params string[] settings) =>
        Start(folder, ports, host => host.Has(null), settings, environment);

    private static async Task<HostProcess> Start(
        string folder, int[] ports, Func<HostProcess, Task<bool>> isReady, string[] settings,
        IReadOnlyList<string> environment)
    {
        var process = Programs.Start(Program, folder, [.. Ports(ports), .. settings], environment);
        var host = new HostProcess(process, new Uri($"http://127.0.0.1:{ports[0]}"));
        await host.Until(() => isReady(host));
        return host;
    }

    /// <summary>Waits for something of a running host.</summary>
    public Task Until(Func<bool> isSo) => Until(() => Task.FromResult(isSo()));

    /// <summary>The same where it has to be asked.</summary>
    public async Task Until(Func<Task<bool>> isSo)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Assert.False(_process.HasExited, "the host has ended");
            Assert.True(TimeProvider.System.GetElapsedTime(started) < StartMax, "it did not come so far in time");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
        }
    }

    public async Task<JsonElement> Get(string path)
    {
        using var response = await Http.GetAsync(new Uri(path, UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    public Task<Programs.Finished> Mevctl(params string[] arguments) =>
        Programs.Run(Programs.PathOf("Mev.Cli", "mevctl"), AppContext.BaseDirectory, [.. arguments, "--url", $"{Url}"]);

    /// <summary>Asks it to stop with SIGTERM; the exit code.</summary>
    public async Task<int> Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        using var limit = new CancellationTokenSource(StartMax);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>It answers and, where one is named, that member of its feed is true.</summary>
    private async Task<bool> Has(string? member)
    {
        try
        {
            using var response = await Http.GetAsync(new Uri("/v1/overview", UriKind.Relative));
            if (response.StatusCode == HttpStatusCode.Unauthorized) return member is null; // it asks who reads
            if (!response.IsSuccessStatusCode) return false;
            var overview = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
            return member is null || overview.GetProperty("feed").GetProperty(member).GetBoolean();
        }
        catch (HttpRequestException)
        {
            return false; // not listening yet
        }
    }
}
