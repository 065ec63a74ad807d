namespace Mev.Domain.Work;

/// <summary>Work that goes on beside other work and ends it.</summary>
public static class SideBySide
{
    /// <summary>
    /// Runs all parts until each has ended. One that fails ends the others, however long they would last, and its fault
    /// is thrown once they have.
    /// </summary>
    /// <param name="cancellationToken">Ends all of them.</param>
    /// <param name="parts">Each is handed a token that also ends when another part fails.</param>
    public static async Task Run(
        CancellationToken cancellationToken, params IEnumerable<Func<CancellationToken, Task>> parts)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(parts.Select(part => Begin(part, failed.Token).OrCancel(failed))).ConfigureAwait(false);
    }

    /// <summary>Completes as the work does; when it fails the others are cancelled first.</summary>
    public static async Task OrCancel(this Task work, CancellationTokenSource others)
    {
        try
        {
            await work.ConfigureAwait(false);
        }
        catch
        {
            await others.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Completes as the work does; however it ended, what follows it is cancelled first.</summary>
    public static async Task ThenCancel(this Task work, CancellationTokenSource next)
    {
        try
        {
            await work.ConfigureAwait(false);
        }
        finally
        {
            await next.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>A part that throws before it waits fails like any other.</summary>
    private static async Task Begin(Func<CancellationToken, Task> part, CancellationToken cancellationToken) =>
        await part(cancellationToken).ConfigureAwait(false);
}
