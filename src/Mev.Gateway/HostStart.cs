using Microsoft.Extensions.Hosting;

namespace Mev.Gateway;

/// <summary>Waits for the host's start, since before it no silo answers.</summary>
internal static class HostStart
{
    public static async Task UntilStarted(this IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }
}
