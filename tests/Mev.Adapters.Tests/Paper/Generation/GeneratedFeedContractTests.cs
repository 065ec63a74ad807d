using Mev.Adapters.Paper.Generation;
using Mev.Adapters.Tests.Feed;
using Mev.Domain.Feed;

namespace Mev.Adapters.Tests.Paper.Generation;

public sealed class GeneratedFeedContractTests : MarketFeedContract
{
    protected override IMarketFeed NewFeed() => new GeneratedFeed(
        new GeneratedFeedOptions { Seed = 5, Pools = 70, Mints = 20, Transactions = 300 }, TimeProvider.System);
}
