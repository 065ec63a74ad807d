using Mev.Adapters.Paper.Generation;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Adapters.Tests.Paper.Generation;

/// <summary>PumpSwap pools of the generated market.</summary>
public sealed class GeneratedPumpTests
{
    private const int Transactions = 20_000;

    [Fact]
    public async Task Coins_are_sold_for_SOL_and_orders_keep_their_price_near_that_of_other_pools()
    {
        var pools = await Read(Transactions);
        var pumps = pools.FindAll(pool => pool.Protocol == Protocol.PumpSwap && pool.MintB == Mints.Wsol);
        Assert.True(pumps.Count > 10, $"{pumps.Count} pools");
        Assert.DoesNotContain(pools, pool => pool.Protocol == Protocol.PumpSwap && pool.MintA == Mints.Wsol);
        foreach (var pump in pumps)
        {
            Assert.Equal(PoolDefect.None, pump.Defect);
            var other = pools.Find(pool => pool.Protocol == Protocol.RaydiumAmmV4 && Joins(pool, pump.MintA));
            if (other is null) continue;
            Assert.InRange(PriceOf(pump, pump.MintA) / PriceOf(other, pump.MintA), 0.97, 1.03);
        }
    }

    [Fact]
    public async Task Coins_of_the_bonding_curve_pay_by_what_all_of_the_coin_is_worth()
    {
        var pumps = (await Read(transactions: 0)).FindAll(pool => pool.Protocol == Protocol.PumpSwap);
        var kept = new SortedSet<double>(pumps.Select(pool => Math.Round(
            pool.MarginalRate(SwapDirection.AToB) * pool.MarginalRate(SwapDirection.BToA), 3)));
        // Both ways at the flat rate of 30 basis points leave 0.994; the other tiers take more.
        Assert.Equal(0.994, kept.Max);
        Assert.True(kept.Count >= 3, string.Join(' ', kept));
    }

    private static async Task<List<Pool>> Read(int transactions)
    {
        var assembler = new PoolAssembler(PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf);
        var options = new GeneratedFeedOptions
        {
            Pools = 400,
            Mints = 30,
            SwapMedian = 0.001,
            SwapSigma = 0.5,
            WhirlpoolShareBasisPoints = 0,
            FurtherShareBasisPoints = 6_000,
            Transactions = (ulong)transactions,
        };
        var feed = new GeneratedFeed(options, TimeProvider.System);
        await foreach (var batch in feed.Read(TestContext.Current.CancellationToken))
        {
            assembler.Take(batch);
            assembler.CloseTransaction();
        }
        return [.. assembler.Pools.Select(pool => pool.Copy())];
    }

    private static bool Joins(Pool pool, Pubkey mint) =>
        (pool.MintA, pool.MintB) == (mint, Mints.Wsol) || (pool.MintA, pool.MintB) == (Mints.Wsol, mint);

    /// <summary>Lamports for a unit of the mint; what both fees take falls out.</summary>
    private static double PriceOf(Pool pool, Pubkey mint)
    {
        var ofA = Math.Sqrt(pool.MarginalRate(SwapDirection.AToB) / pool.MarginalRate(SwapDirection.BToA));
        return pool.MintA == mint ? ofA : 1 / ofA;
    }
}
