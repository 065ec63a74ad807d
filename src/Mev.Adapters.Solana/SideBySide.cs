namespace Mev.Adapters.Solana;

/// <summary>Work of several parts that belong together.</summary>
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
        await Task.WhenAll(parts.Select(OrCancel)).ConfigureAwait(false);

        async Task OrCancel(Func<CancellationToken, Task> part)
        {
            try
            {
                await part(failed.Token).ConfigureAwait(false);
            }
            catch
            {
                await failed.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }
}
