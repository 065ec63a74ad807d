using Mev.Domain.Chain;

namespace Mev.Domain.Pools.MeteoraDlmm;

/// <summary>When a pair can be swapped.</summary>
/// <param name="IsDisabled">Switched off by its status.</param>
/// <param name="IsByTime">The point is a unix time, otherwise a slot.</param>
/// <param name="Point">From then on; 0 always.</param>
internal readonly record struct Activation(bool IsDisabled, bool IsByTime, ulong Point)
{
    /// <summary>Why the program refuses at a clock. A time that is not known cannot tell whether it has come.</summary>
    public QuoteError RefusalAt(in ChainClock clock)
    {
        if (IsDisabled) return QuoteError.SwapDisabled;
        if (!IsByTime) return clock.Slot.Value >= Point ? QuoteError.None : QuoteError.NotOpenYet;
        if (clock.UnixTime >= 0 && (ulong)clock.UnixTime >= Point) return QuoteError.None;
        return clock.UnixTime == 0 ? QuoteError.NotQuotable : QuoteError.NotOpenYet;
    }
}
