using Mev.Domain.Feed;
using Mev.Domain.Opportunities;

namespace Mev.Grains.Feed;

/// <summary>How far this silo's feed pump is, for whoever shows it. Written by the pump, read by anyone.</summary>
public sealed class FeedProgress
{
    /// <summary>Listed opportunities that are kept: the newest.</summary>
    public const int ListedMax = 32;

    private readonly Queue<Opportunity> _listed = new();
    private long _listedForgotten;
    private State _state = new(default, default, 0, 0, 0, 0, false, false, "");

    /// <summary>The newest numbers, of one moment.</summary>
    public State Current => Volatile.Read(ref _state);

    /// <summary>The newest opportunities of other base mints than WSOL: shown, never decided upon.</summary>
    public IReadOnlyList<Opportunity> Listed
    {
        get
        {
            lock (_listed) return [.. _listed];
        }
    }

    /// <summary>Listed opportunities that gave way to newer ones.</summary>
    public long ListedForgotten => Interlocked.Read(ref _listedForgotten);

    /// <summary>Publishes new numbers.</summary>
    public void Publish(State state) => Volatile.Write(ref _state, state);

    /// <summary>
    /// Says why the pump waits, beside the newest numbers; empty when it goes on. Why it ended early stays.
    /// </summary>
    public void Tell(string trouble)
    {
        if (Current is { IsFailed: false } state) Publish(state with { Trouble = trouble });
    }

    /// <summary>Shows opportunities.</summary>
    public void List(IEnumerable<Opportunity> opportunities)
    {
        lock (_listed)
        {
            foreach (var opportunity in opportunities)
            {
                if (_listed.Count == ListedMax)
                {
                    _listed.Dequeue();
                    _listedForgotten++;
                }
                _listed.Enqueue(opportunity);
            }
        }
    }

    /// <summary>Numbers of one moment.</summary>
    /// <param name="Cursor">How far the feed was taken.</param>
    /// <param name="Counts">What became of all candidates so far.</param>
    /// <param name="Updates">Pool states posted to shards.</param>
    /// <param name="Pools">Pools known.</param>
    /// <param name="Cycles">Cycles indexed.</param>
    /// <param name="CyclesLeftOut">Cycles beyond the index's bound.</param>
    /// <param name="IsComplete">The feed has ended and everything was settled.</param>
    /// <param name="IsFailed">The feed cannot go on; <paramref name="Trouble"/> says why.</param>
    /// <param name="Trouble">Why the pump waits or ended early; empty when all is well.</param>
    public sealed record State(
        FeedCursor Cursor,
        DrainCounts Counts,
        long Updates,
        int Pools,
        int Cycles,
        long CyclesLeftOut,
        bool IsComplete,
        bool IsFailed,
        string Trouble);
}
