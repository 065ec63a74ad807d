using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Recordings;

/// <summary>
/// When a block came: by its time, and within the same second by its slot (400 ms each, the chain's target).
/// </summary>
internal sealed class BlockClock
{
    private const long SlotMs = 400;

    private long _sinceMs;
    private long? _firstTime;
    private Slot _slot;

    /// <summary>Time from the first block to this one, the next.</summary>
    public TimeSpan Since(Slot slot, long blockTime)
    {
        _firstTime ??= blockTime;
        var isNewSlot = _slot.Value != 0 && slot != _slot;
        _slot = slot;
        _sinceMs = Math.Max(isNewSlot ? _sinceMs + SlotMs : _sinceMs, (blockTime - _firstTime.Value) * 1_000);
        return TimeSpan.FromMilliseconds(_sinceMs);
    }
}
