using System.Collections.Concurrent;
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

    /// <summary>What a strategy decides on: its own use, and that of all others as they told it last.</summary>
    public CapUse For(string strategy, StrategyUse own) =>
        new(own, [.. _uses.Where(each => each.Key != strategy && each.Value.Subjects.Count > 0)
            .Select(each => each.Value)]);
}
