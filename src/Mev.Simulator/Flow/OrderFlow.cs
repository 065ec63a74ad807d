using Mev.Adapters.Paper.Generation;
using Mev.Adapters.Solana.Bundles;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Feed;
using Mev.Domain.Pools;
using Mev.Simulator.Chain;
using Mev.Simulator.Execution;

namespace Mev.Simulator.Flow;

/// <summary>
/// The generator's orders as transactions on the chain: each swaps at one pool between token accounts of its trader,
/// without a limit, as the flow's traders take what they get.
/// </summary>
internal sealed class OrderFlow
{
    private const ulong FirstTokens = 1UL << 60; // of each mint: more than the flow ever moves

    private readonly SimulatedChain _chain;
    private readonly GeneratedFeedOptions _market;
    private readonly GeneratedFlow _orders;
    private readonly Dictionary<PoolId, int> _traders = [];
    private readonly TokenAddresses _addresses = new();
    private ulong _sent;

    /// <summary>The flow of a market; its traders get their token accounts.</summary>
    public OrderFlow(SimulatedChain chain, GeneratedFeedOptions market)
    {
        (_chain, _market, _orders) = (chain, market, new GeneratedFlow(chain.Universe, market));
        lock (chain.Gate)
            foreach (var (number, pool) in chain.Universe.Pools.Index()) Enter(number % Wallets.TraderCount, pool.Pool);
    }

    /// <summary>Executes the next order that succeeds; orders that a pool refuses leave no trace.</summary>
    /// <exception cref="FeedException">Too many in a row were refused.</exception>
    public void ExecuteNext()
    {
        lock (_chain.Gate)
        {
            for (var failures = 0; failures < GeneratedFlow.FailuresMax; failures++)
            {
                var (pool, order) = _orders.Next();
                if (!pool.Pool.QuoteExactIn(order.Direction, order.AmountIn, _chain.Clock).IsOk) continue;
                if (TryExecute(pool.Pool, order)) return;
            }
        }
        throw new FeedException($"seed {_market.Seed}: {GeneratedFlow.FailuresMax} orders in a row failed");
    }

    private void Enter(int trader, Pool pool)
    {
        _traders.Add(pool.Id, trader);
        var wallet = Wallets.Trader(_market.Seed, trader);
        foreach (var mint in new[] { _chain.MintOf(pool.MintA), _chain.MintOf(pool.MintB) })
        {
            var key = _addresses.Account(wallet, mint.Key, mint.Program);
            if (_chain.Find(key) is null) _chain.Set(TokenAccount.New(key, mint, wallet, FirstTokens));
        }
    }

    private bool TryExecute(Pool pool, SwapOrder order)
    {
        var wallet = Wallets.Trader(_market.Seed, _traders[pool.Id]);
        if (PoolSwaps.Of(pool, order.Direction, wallet, _addresses) is not { } accounts) return false;
        var transaction = ChainTransaction.Of(
            _orders.Sign(_sent++), wallet, _chain.Blocks.Tip.Hash,
            ComputeBudget.Limit(TransactionLimits.ComputeUnitsMax), accounts.ExactIn(order.AmountIn, default));
        return _chain.Execute(transaction) is { IsFailed: false };
    }
}
