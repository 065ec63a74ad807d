using Microsoft.Extensions.Hosting;

namespace Mev.Journal;

/// <summary>Work of a host that begins when all of it has started.</summary>
public static class HostStart
{
    /// <summary>Waits until the host has started, silo included.</summary>
    public static async Task Started(this IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var onStart = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }
}
