using Mev.Adapters.Paper.Generation;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Adapters.Tests.Feed;

/// <summary>The generator as a feed, and its pools of several accounts through the assembler.</summary>
public sealed class GeneratedFeedContractTests : MarketFeedContract
{
    private const int TokenAccountBytes = 165;
    private const int TokenAmountOffset = 64;

    [Fact]
    public async Task Every_order_moves_the_vaults_by_what_was_quoted_before_it()
    {
        var assembler = new PoolAssembler(PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf);
        var (checkedOrders, slots) = (0, new HashSet<Slot>());
        await foreach (var batch in NewFeed().Read())
        {
            slots.Add(batch.Cursor.Slot);
            var order = batch.Events.ToArray().SingleOrDefault(e => e.Kind == FeedEventKind.Swap).Order;
            var before = assembler.TryGet(order.Pool, out var pool) ? pool.Copy() : null;
            var quote = before?.QuoteExactIn(order.Direction, order.AmountIn, assembler.Clock) ?? default;
            var vaults = Vaults(before);
            assembler.Take(batch);
            assembler.CloseTransaction();
            if (vaults.Length != 2) continue;
            Assert.True(quote.IsOk);
            var changes = Vaults(pool!.Copy()).Zip(vaults, (now, then) => (Int128)now - then).Order();
            Assert.Equal([-(Int128)quote.AmountOut.Units, quote.AmountIn.Units], changes);
            checkedOrders++;
        }
        Assert.True(checkedOrders > 50);
        Assert.True(slots.Count > 32);
        Assert.Equal(0, assembler.Counts.Undecodable + assembler.Counts.Late + assembler.Counts.VersionsEvicted);
    }

    protected override IMarketFeed NewFeed() =>
        new GeneratedFeed(new GeneratedFeedOptions { Pools = 40, Mints = 12, Transactions = 200 }, TimeProvider.System);

    private static ulong[] Vaults(Pool? pool) => pool is null ? [] :
    [
        .. pool.Accounts.ToArray().Where(account => account.Exists && account.Data.Length == TokenAccountBytes)
            .Select(account => BitConverter.ToUInt64(account.Data[TokenAmountOffset..])),
    ];
}
