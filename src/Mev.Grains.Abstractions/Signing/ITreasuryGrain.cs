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
    /// <summary>Its one key.</summary>
    const string Main = "main";

    /// <summary>
    /// Journals the order, then signs its message, or journals which rule refuses it, and hands the bytes to a node
    /// once their attempt is durable: nobody has them before. The same order again, after whatever restart, sends the
    /// same bytes again, until it has come to its end: then it sends nothing and answers that. Other bytes for a
    /// command that has an order are refused.
    /// </summary>
    [Alias("send")]
    ValueTask<TreasuryAnswer> Send(TreasuryOrder order);

    /// <summary>
    /// Asks the chain what became of orders that left, and journals it once it is final: landed, failed there, or
    /// expired and absent at two looks. Answers how many are still open.
    /// </summary>
    /// <param name="finalizedHeight">So far the chain is final.</param>
    [Alias("settle")]
    ValueTask<int> Settle(ulong finalizedHeight);
}
