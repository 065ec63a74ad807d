using System.Collections.Concurrent;
using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Limits.Caps;

namespace Mev.Grains.Limits;

/// <summary>
/// What each strategy of this silo uses of caps, so that one of a wallet, pool or token binds all of them together:
/// each tells its own use after every fold and reads the others' before it decides, one after the other.
/// </summary>
public sealed class CapBoard
{
    private readonly ConcurrentDictionary<string, StrategyUse> _uses = new(StringComparer.Ordinal);

    /// <summary>Takes the newest use of a strategy.</summary>
    public void Tell(string strategy, StrategyUse use) => _uses[strategy] = use;

    /// <summary>
    /// What a strategy decides on: its own use, and that of all others as they told it last. The time of one that
    /// decides goes on for those that do not.
    /// </summary>
    public CapUse For(string strategy, StrategyUse own, in ChainClock clock)
    {
        var others = ImmutableArray.CreateBuilder<StrategyUse>();
        foreach (var (other, told) in _uses)
        {
            if (other == strategy || told.Subjects.IsEmpty) continue;
            var use = told.At(clock);
            if (use != told) _uses.TryUpdate(other, use, told); // unless it told a newer one meanwhile
            others.Add(use);
        }
        return new CapUse(own, others.DrainToImmutable());
    }
}
