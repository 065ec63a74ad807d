namespace Mev.Adapters.Solana.Recordings;

/// <summary>
/// Counts the batches of a recording beside its readers: the first question starts it, and nobody waits for it. A
/// recorded day takes many seconds.
/// </summary>
internal sealed class BatchCount(Func<ulong?> count)
{
    private readonly Lazy<Task<ulong?>> _counted = new(() => Task.Run(count));

    /// <summary>The count; null until it is there.</summary>
    public ulong? Value => _counted.Value is { IsCompletedSuccessfully: true } counted ? counted.Result : null;
}
