using System.Collections.Immutable;
using Mev.Adapters.Solana.Rpc;
using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>
/// Reads pools from the node while the stream runs. What is read is as of a slot after the filters were in force, so
/// each write that it may lack comes as a live one; and of a confirmed slot, since what a startup value holds of a fork
/// could not be undone.
/// </summary>
internal sealed class PoolLoader(RpcClient rpc, Subscription subscription, UpdateReader reader, TimeProvider time)
{
    private const RpcCommitment Safe = RpcCommitment.Confirmed;

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>Everything watched.</summary>
    /// <param name="stream">The stream, whose filters grow by what the pools name.</param>
    /// <param name="after">A slot that the stream told of: its filters are in force in the next one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<PoolLoad?> LoadAll(YellowstoneStream stream, Slot after, CancellationToken cancellationToken)
    {
        var accounts = new List<AccountWrite>();
        var first = after.Plus(1);
        await Confirmed(first, cancellationToken).ConfigureAwait(false);
        foreach (var program in subscription.WholePrograms)
        {
            var answer = await rpc.GetProgramAccounts(
                program, filter: null, Safe, first, cancellationToken).ConfigureAwait(false);
            accounts.AddRange(answer.Accounts);
        }
        if (subscription.SinglePools.Length > 0)
        {
            var answer = await rpc.GetMultipleAccounts(
                subscription.SinglePools, Safe, first, cancellationToken).ConfigureAwait(false);
            accounts.AddRange(answer.Accounts);
        }
        foreach (var account in accounts)
            if (NewPool(account) is { } pool) subscription.Add(pool, new List<Pubkey>());
        await AddNamed(
            stream, subscription.Keys, subscription.SinglePools, accounts, cancellationToken).ConfigureAwait(false);
        return new PoolLoad([.. accounts], accounts.Count > 0 ? accounts.Max(account => account.Slot) : first, first);
    }

    /// <summary>What pools name that appeared while the stream ran; null when all of it is watched already.</summary>
    public async Task<PoolLoad?> LoadNew(
        YellowstoneStream stream, ImmutableArray<Pool> pools, CancellationToken cancellationToken)
    {
        var added = new List<Pubkey>();
        foreach (var pool in pools) subscription.Add(pool, added);
        if (added.Count == 0) return null;
        var accounts = new List<AccountWrite>();
        await AddNamed(stream, added, [], accounts, cancellationToken).ConfigureAwait(false);
        return new PoolLoad([.. accounts], accounts.Max(account => account.Slot), Whole: null);
    }

    /// <summary>The pool whose pool account a write is, knowing what it names; null for any other account.</summary>
    public static Pool? NewPool(in AccountWrite write)
    {
        if (write.IsClosed || PoolDecoder.TryCreate(write) is not { } pool) return null;
        pool.Take(write);
        return pool;
    }

    private async Task AddNamed(
        YellowstoneStream stream, IReadOnlyCollection<Pubkey> keys, ImmutableArray<Pubkey> singlePools,
        List<AccountWrite> accounts, CancellationToken cancellationToken)
    {
        await stream.Replace(subscription.Request(from: null), cancellationToken).ConfigureAwait(false);
        var first = reader.Tip.Plus(1); // slots that begin from now on are told by the new filters
        await Confirmed(first, cancellationToken).ConfigureAwait(false);
        foreach (var pool in singlePools)
        {
            foreach (var part in subscription.PartsOf(new PoolId(pool)))
            {
                var answer = await rpc.GetProgramAccounts(
                    part.Program, new RpcAccountFilter(part.Length, part.Offset, pool), Safe, first,
                    cancellationToken).ConfigureAwait(false);
                accounts.AddRange(answer.Accounts);
            }
        }
        var named = await rpc.GetMultipleAccounts(keys, Safe, first, cancellationToken)
            .ConfigureAwait(false);
        accounts.AddRange(named.Accounts);
    }

    private async Task Confirmed(Slot slot, CancellationToken cancellationToken)
    {
        while (reader.Confirmed < slot) await Task.Delay(LookInterval, time, cancellationToken).ConfigureAwait(false);
    }
}
