using System.Buffers.Binary;
using System.Collections.Immutable;
using Mev.Adapters.Paper.Generation;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;
using Mev.Simulator.Chain;

namespace Mev.Simulator.Flow;

/// <summary>
/// The generator's orders as transactions on the chain: each swaps at one pool by the exact mathematics and moves
/// tokens between the trader's wallets and the vaults. The traders' wallets themselves are not on the chain.
/// </summary>
internal sealed class OrderFlow(SimulatedChain chain, GeneratedFeedOptions market)
{
    private const long BaseFee = 5_000;
    private const byte TokenTransfer = 3;

    // Published uses of the programs' swaps (specs: compute).
    private const ulong AmmUnits = 22_000;
    private const ulong CpmmUnits = 28_000;
    private const ulong WhirlpoolUnits = 41_000;
    private const ulong UnitsPerCrossing = 7_520;

    private readonly GeneratedFlow _orders = new(chain.Universe, market);
    private ulong _sent;

    /// <summary>Executes the next order that succeeds; orders that a pool refuses leave no trace.</summary>
    /// <exception cref="FeedException">Too many in a row were refused.</exception>
    public void ExecuteNext()
    {
        lock (chain.Gate)
        {
            for (var failures = 0; failures < GeneratedFlow.FailuresMax; failures++)
            {
                var (pool, order) = _orders.Next();
                if (!pool.Pool.QuoteExactIn(order.Direction, order.AmountIn, chain.Clock).IsOk) continue;
                if (TryExecute(pool.Pool, order)) return;
            }
        }
        throw new FeedException($"seed {market.Seed}: {GeneratedFlow.FailuresMax} orders in a row failed");
    }

    private bool TryExecute(Pool pool, SwapOrder order)
    {
        var trader = (int)(_sent % Wallets.TraderCount);
        var wallet = Wallets.Trader(market.Seed, trader);
        var (mintIn, mintOut) = (pool.MintIn(order.Direction), pool.MintOut(order.Direction));
        var wallets = (In: WalletOf(wallet, mintIn), Out: WalletOf(wallet, mintOut));
        if (SwapCall.Of(pool, order, wallet, wallets) is not { } call) return false;
        var accounts = new TransactionAccounts(wallet);
        accounts.Add(call.Program, isWritable: false);
        foreach (var (key, isWritable) in call.Accounts) accounts.Add(key, isWritable);
        accounts.Add(Programs.Token, isWritable: false);
        accounts.Add(call.Authority, isWritable: false);
        var all = accounts.All;
        var transaction = new ChainTransaction
        {
            Signature = _orders.Sign(_sent),
            Accounts = all,
            Signers = 1,
            ReadOnlyOthers = accounts.ReadOnly,
            Blockhash = chain.Blocks.Tip.Hash,
            Instructions = [Compile(all, call.Program, call.Accounts.Select(account => account.Key), call.Data)],
            Fee = new Lamports(BaseFee),
        };
        var receipt = chain.Execute(transaction, effects =>
        {
            var quote = effects.Swap(order.Pool, order.Direction, order.AmountIn);
            if (!quote.IsOk) return false;
            effects.Use(UnitsOf(pool.Protocol, quote));
            effects.Call(0, Transfer(all, wallets.In, call.Vaults.In, wallet, quote.AmountIn));
            effects.Call(0, Transfer(all, call.Vaults.Out, wallets.Out, call.Authority, quote.AmountOut));
            return true;
        });
        if (receipt is null) return false;
        _sent++;
        return true;
    }

    private Pubkey WalletOf(Pubkey trader, Pubkey mint)
    {
        Span<byte> both = stackalloc byte[2 * Pubkey.Length];
        trader.CopyTo(both);
        mint.CopyTo(both[Pubkey.Length..]);
        return GeneratedAddress.Of(
            market.Seed, "wallet", BinaryPrimitives.ReadInt64LittleEndian(Digest.Of(both).ToArray()));
    }

    private static ulong UnitsOf(Protocol protocol, in Quote quote) => protocol switch
    {
        Protocol.RaydiumAmmV4 => AmmUnits,
        Protocol.RaydiumCpmm => CpmmUnits,
        _ => WhirlpoolUnits + UnitsPerCrossing * (ulong)quote.TicksCrossed,
    };

    private static ChainInstruction Transfer(
        ImmutableArray<Pubkey> all, Pubkey source, Pubkey target, Pubkey authority, TokenAmount amount)
    {
        var data = new byte[9];
        data[0] = TokenTransfer;
        BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(1), amount.Units);
        return Compile(all, Programs.Token, [source, target, authority], data);
    }

    private static ChainInstruction Compile(
        ImmutableArray<Pubkey> all, Pubkey program, IEnumerable<Pubkey> accounts, byte[] data) =>
        new((byte)all.IndexOf(program), [.. accounts.Select(account => (byte)all.IndexOf(account))], data);
}
