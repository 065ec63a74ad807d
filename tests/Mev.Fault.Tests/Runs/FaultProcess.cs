using System.Collections.Concurrent;
using System.Diagnostics;

namespace Mev.Fault.Tests.Runs;

/// <summary>One life of the host: started, then ended, killed, or killed by itself.</summary>
internal sealed class FaultProcess : IDisposable
{
    /// <summary>What a process that SIGKILL ended exits with.</summary>
    public const int Killed = 128 + 9;

    private static readonly TimeSpan LifeMax = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan SaidMax = TimeSpan.FromMinutes(4);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly SemaphoreSlim _news = new(0);

    private FaultProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Everything that it said so far.</summary>
    public string Output => string.Join('\n', _output);

    public bool HasExited => _process.HasExited;

    /// <summary>Starts the host on a folder.</summary>
    public static FaultProcess Start(RunFolder folder, Market market, params IEnumerable<string> more)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Mev.Fault.Host"))
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] own =
        [
            "--environment=Test", $"--Journal:Path={folder.Journal}", $"--State:Path={folder.State}",
            $"--Fault:Folder={folder.Path}", "--Logging:LogLevel:Default=Warning",
            "--Logging:LogLevel:Orleans=Error", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information",
        ];
        foreach (var argument in own.Concat(market.Arguments()).Concat(more)) start.ArgumentList.Add(argument);
        return new FaultProcess(Process.Start(start)!);
    }

    /// <summary>Waits for the end; the exit code.</summary>
    public async Task<int> End()
    {
        using var late = new CancellationTokenSource(LifeMax, TimeProvider.System);
        try
        {
            await _process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            Assert.Fail($"the host did not end within {LifeMax}; it said:\n{Output}");
        }
        return _process.ExitCode;
    }

    /// <summary>Kills it with SIGKILL after a while, unless it ends before; the exit code.</summary>
    public async Task<int> KillAfter(TimeSpan delay)
    {
        var ended = _process.WaitForExitAsync();
        await Task.WhenAny(ended, Task.Delay(delay, TimeProvider.System, CancellationToken.None));
        if (!_process.HasExited) _process.Kill();
        return await End();
    }

    /// <summary>Asks it to stop with SIGTERM; the exit code.</summary>
    public async Task<int> Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        return await End();
    }

    /// <summary>Waits for a line that contains the text and returns it.</summary>
    public async Task<string> Said(string text)
    {
        using var late = new CancellationTokenSource(SaidMax, TimeProvider.System);
        while (!late.IsCancellationRequested)
        {
            if (_output.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal)) is { } line) return line;
            var isNews = await _news.WaitAsync(TimeSpan.FromMilliseconds(200), CancellationToken.None);
            if (!isNews && _process.HasExited) break;
        }
        throw new InvalidOperationException($"the host did not say '{text}' but:\n{Output}");
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _news.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null) return;
        _output.Enqueue(line);
        _news.Release();
    }
}
