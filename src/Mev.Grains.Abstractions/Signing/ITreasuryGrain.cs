using Mev.Domain.Signing;

namespace Mev.Grains.Abstractions.Signing;

/// <summary>
/// The second class of signatures: what keeps wallets going and is no cycle. Key: <c>main</c>. One at a time, so that
/// the day's cap is kept. Until orders are signed commands, the process that holds the keys grants them: no client
/// outside the silos may call it.
/// </summary>
[Alias("mev.treasury"), GrainInterfaceType("mev.treasury")]
public interface ITreasuryGrain : IGrainWithStringKey
{
    /// <summary>
    /// Journals the order, then signs its message, or journals which rule refuses it. The same order again, after
    /// whatever restart, is answered the same bytes; other bytes for a command that has an order are refused.
    /// </summary>
    [Alias("sign")]
    ValueTask<TreasuryAnswer> Sign(TreasuryOrder order);
}
