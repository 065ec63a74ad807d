using Mev.Adapters.Paper.Generation;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Simulator.Execution;
using Mev.Simulator.Flow;

namespace Mev.Simulator.Chain;

/// <summary>
/// What a transaction does, on copies: all of it happens, or nothing. Whoever executes a transaction calls these from
/// its instructions. It sees what those tried before it did.
/// </summary>
internal sealed class TransactionEffects(
    ChainState state, ChainBlocks blocks, ChainClock clock, TransactionSignature signature,
    TransactionEffects? before = null)
{
    private readonly Dictionary<PoolId, GeneratedPool> _pools = [];
    private readonly Dictionary<Pubkey, ChainAccount> _written = [];
    private readonly List<(int Outer, CompiledInstruction Instruction)> _inner = [];
    private ulong _version = before?.WriteVersion ?? state.WriteVersion;

    /// <summary>Accounts written, with their new values, in the order of their last write.</summary>
    public IEnumerable<ChainAccount> Written => _written.Values.OrderBy(account => account.WriteVersion);

    /// <summary>Instructions that its own called so far.</summary>
    public IReadOnlyList<(int Outer, CompiledInstruction Instruction)> Inner => _inner;

    /// <summary>Compute units used so far.</summary>
    public ulong ComputeUnits { get; private set; }

    /// <summary>Highest write version used.</summary>
    public ulong WriteVersion => _version;

    /// <summary>The chain's time that it is executed at.</summary>
    public ChainClock Clock => clock;

    /// <summary>The slot that it is executed in.</summary>
    public Slot Slot => clock.Slot;

    /// <summary>Hash of the block before.</summary>
    public Blockhash LastBlockhash => blocks.Tip.Hash;

    /// <summary>A slot before this one whose hash the block knows.</summary>
    public bool IsRecent(Slot slot) =>
        slot < clock.Slot && clock.Slot.Value - slot.Value <= LookupTableExecution.SlotHashes && blocks.IsOnFork(slot);

    /// <summary>An account's value as the transaction sees it; null for one that does not exist.</summary>
    public ChainAccount? Find(Pubkey key) => _written.GetValueOrDefault(key)
        ?? (before is null ? state.Accounts.Find(key) : before.Find(key));

    /// <summary>A mint as the transaction sees it.</summary>
    public ChainMint MintOf(Pubkey key) => ChainMint.Of(key, Find(key));

    /// <summary>A pool as the transaction sees it; null for one that is not on the chain.</summary>
    public Pool? FindPool(PoolId pool) => Shown(pool)?.Pool;

    /// <summary>What a swap of a wallet passes to a pool; null when the pool's bytes do not name it all.</summary>
    public ISwapAccounts? AccountsOf(Pool pool, SwapDirection direction, Pubkey wallet) =>
        PoolSwaps.Of(pool, direction, wallet, state.Addresses);

    /// <summary>Adds compute units.</summary>
    public void Use(ulong units) => ComputeUnits += units;

    /// <summary>An instruction of the transaction called another one.</summary>
    public void Call(int outer, CompiledInstruction instruction) => _inner.Add((outer, instruction));

    /// <summary>Writes an account of no pool.</summary>
    public void Write(ChainAccount account) => Keep(account, ++_version);

    /// <summary>Swaps by the exact mathematics of the pool's program; nothing changes where it refuses.</summary>
    public Quote Swap(PoolId pool, SwapDirection direction, TokenAmount amountIn)
    {
        if (Shown(pool) is not { } shown) return Quote.Refused(QuoteError.NotQuotable);
        if (!_pools.TryGetValue(pool, out var own))
        {
            var copy = shown.Pool.NewEmpty();
            copy.CopyFrom(shown.Pool);
            _pools.Add(pool, own = shown with { Pool = copy });
        }
        var first = _version + 1;
        var quote = own.Pool.Execute(direction, amountIn, clock, first);
        if (!quote.IsOk) return quote;
        for (var place = 0; place < own.Balances.Length; place++)
        {
            var account = own.Pool.Accounts[place];
            if (account.WriteVersion < first) continue;
            var data = account.Data.ToArray();
            var value = new ChainAccount(account.Key, account.Owner, own.Balances[place].Of(data), data);
            Keep(value, account.WriteVersion);
            _version = Math.Max(_version, account.WriteVersion);
        }
        return quote;
    }

    private GeneratedPool? Shown(PoolId pool) => _pools.GetValueOrDefault(pool)
        ?? (before is null ? state.Pools.GetValueOrDefault(pool) : before.Shown(pool));

    private void Keep(ChainAccount account, ulong version) => _written[account.Key] = account with
    {
        Slot = clock.Slot,
        WriteVersion = version,
        Transaction = signature,
    };
}
