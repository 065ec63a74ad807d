using Mev.Adapters.Paper;
using Mev.Adapters.Tests.Bundles;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;

namespace Mev.Adapters.Tests.Paper;

/// <summary>The <see cref="PaperMarket"/> as a bundle sender.</summary>
public sealed class PaperMarketSenderTests : BundleSenderContract
{
    protected override IBundleSender NewSender() => Paper.Over(TwoPools.Open().At(101).At(102));

    protected override BundleSubmission NewSubmission(byte number)
    {
        var order = Paper.Order(number, 102, TwoPools.Cycle, amountIn: 5_000_000_000);
        var message = order.Encode();
        return new BundleSubmission
        {
            Opportunity = order.Opportunity,
            Message = message,
            MessageHash = Digest.Of(message),
        };
    }

    protected override async Task Settle(IBundleSender sender)
    {
        await foreach (var batch in ((PaperMarket)sender).Read(TestContext.Current.CancellationToken))
            Assert.False(batch.Events.IsEmpty);
    }
}
