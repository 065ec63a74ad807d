using System.Runtime.InteropServices;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Learning;
using Mev.Domain.Pools;

namespace Mev.Adapters.Paper.Generation;

/// <summary>
/// The order flow: swaps of log-normal size at pools of uneven popularity, which lead a price back to the fair one the
/// more often the further it is away.
/// </summary>
internal sealed class GeneratedFlow(GeneratedUniverse universe, GeneratedFeedOptions options)
{
    // No side gets fewer than this share of the orders, however far the price is away.
    private const double SideShareMin = 0.02;
    private const double SwapShareMax = 0.05;

    /// <summary>Orders in a row that may fail before the market counts as stuck.</summary>
    public const int FailuresMax = 10_000;

    private ulong _attempt;

    /// <summary>
    /// Executes the next order that succeeds. Orders that a pool refuses leave no trace, like failed transactions.
    /// </summary>
    /// <exception cref="FeedException">Too many orders in a row failed: the options leave nothing to swap.</exception>
    public (GeneratedPool Pool, SwapOrder Order) ExecuteNext(in ChainClock clock, ulong writeVersion)
    {
        for (var failures = 0; failures < FailuresMax; failures++)
        {
            var (pool, order) = Next();
            if (pool.Pool.Execute(order.Direction, order.AmountIn, clock, writeVersion).IsOk) return (pool, order);
        }
        throw new FeedException(
            $"generator seed {options.Seed}: {FailuresMax} orders in a row failed; check SwapMedian and SwapSigma");
    }

    /// <summary>The signature of a transaction.</summary>
    public TransactionSignature Sign(ulong transaction)
    {
        var draws = new DrawStream(universe.Key, transaction).At(GeneratorPurposes.Signature);
        Span<ulong> words = stackalloc ulong[TransactionSignature.Length / sizeof(ulong)];
        foreach (ref var word in words) word = draws.Word();
        return TransactionSignature.From(MemoryMarshal.AsBytes(words));
    }

    /// <summary>Draws the next order; whether it can be executed is not said.</summary>
    public (GeneratedPool Pool, SwapOrder Order) Next()
    {
        var draws = new DrawStream(universe.Key, _attempt++).At(GeneratorPurposes.Order);
        var popularity = draws.Uniform();
        var count = universe.Pools.Length;
        var pool = universe.Pools[Math.Min((int)(popularity * popularity * count), count - 1)];
        var direction = draws.Uniform() < ShareOfAToB(pool) ? SwapDirection.AToB : SwapDirection.BToA;
        var share = Math.Min(options.SwapMedian * DetMath.Exp(options.SwapSigma * draws.Normal()), SwapShareMax);
        var depth = direction == SwapDirection.AToB ? pool.Plan.DepthA : pool.Plan.DepthB;
        var amount = new TokenAmount(Math.Max(1, (ulong)(depth * share)));
        return (pool, new SwapOrder(pool.Pool.Id, direction, amount));
    }

    private double ShareOfAToB(GeneratedPool pool)
    {
        var (down, up) = (pool.Pool.MarginalRate(SwapDirection.AToB), pool.Pool.MarginalRate(SwapDirection.BToA));
        if (down == 0 || up == 0) return 0.5;
        // The fee is in both rates, so it falls out of their ratio.
        var away = Math.Sqrt(down / up) / pool.Plan.FairRate - 1.0;
        return Math.Clamp(0.5 + away / (2.0 * options.ReversionBand), SideShareMin, 1.0 - SideShareMin);
    }
}
