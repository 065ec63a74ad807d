namespace Mev.Grains.Shards;

/// <summary>
/// Keeps what the feed shows of one transaction together: its pools change and are posted to the shards inside one
/// section, and a shard that has taken everything inside another has the pools as they were between two transactions.
/// Both last some microseconds. The feed, which would come again before a waiting shard woke up, lets it go first.
/// </summary>
public sealed class MarketGate
{
    private readonly Lock _lock = new();
    private int _takers;

    /// <summary>Sections of the feed's side so far; read inside one of either side.</summary>
    public ulong Shown { get; private set; }

    /// <summary>The feed's side: shows and posts.</summary>
    public Lock.Scope Show()
    {
        var spin = default(SpinWait);
        while (Volatile.Read(ref _takers) > 0) spin.SpinOnce(sleep1Threshold: -1);
        var scope = _lock.EnterScope();
        Shown++;
        return scope;
    }

    /// <summary>A shard's side: takes what is posted.</summary>
    public Lock.Scope Take()
    {
        Interlocked.Increment(ref _takers);
        try
        {
            return _lock.EnterScope();
        }
        finally
        {
            Interlocked.Decrement(ref _takers);
        }
    }
}
