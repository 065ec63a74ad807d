using Mev.Domain.Chain;

namespace Mev.Simulator.Chain;

/// <summary>One slot of the chain with its block, and what happened in it.</summary>
internal sealed class ChainBlock(Slot slot, ChainBlock? parent, Blockhash hash, long unixTime)
{
    private readonly List<ChainEvent> _events = [];

    public Slot Slot { get; } = slot;

    /// <summary>The slot that it follows on its fork; 0 for the first.</summary>
    public Slot Parent { get; } = parent?.Slot ?? default;

    /// <summary>Number of its block on its fork.</summary>
    public ulong Height { get; } = parent is null ? 0 : parent.Height + 1;

    /// <summary>Hash of its block.</summary>
    public Blockhash Hash { get; } = hash;

    /// <summary>Hash of the block before.</summary>
    public Blockhash ParentHash { get; } = parent?.Hash ?? default;

    /// <summary>The chain's time in it, seconds since 1970.</summary>
    public long UnixTime { get; } = unixTime;

    /// <summary>How far it is.</summary>
    public SlotStep Step { get; set; } = SlotStep.CreatedBank;

    /// <summary>Transactions executed in it, failed ones included.</summary>
    public ulong Transactions { get; set; }

    /// <summary>What was told of it while it was open, in order, the last being that it is processed.</summary>
    public IReadOnlyList<ChainEvent> Events => _events;

    public void Add(ChainEvent happened) => _events.Add(happened);
}
