using Microsoft.Extensions.Hosting;

namespace Mev.Journal;

/// <summary>Work of a host that begins when all of it has started.</summary>
public static class HostStart
{
    /// <summary>Does work from the host's start until it begins to end, while its silo still answers.</summary>
    public static async Task WhileRunning(
        this IHostApplicationLifetime lifetime, Func<CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            stoppingToken, lifetime.ApplicationStopping);
        try
        {
            await lifetime.Started(ending.Token);
            await work(ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // it ends
        }
    }

    /// <summary>Waits until the host has started, silo included.</summary>
    public static async Task Started(this IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var onStart = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }
}
