using System.Collections.Immutable;
using Mev.Adapters.Paper.Generation;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Simulator.Execution;

namespace Mev.Simulator.Chain;

/// <summary>
/// A chain in memory: slots, blocks, accounts in real bytes. Transactions are executed in the open slot with
/// <see cref="Execute"/>; <see cref="Seal"/> ends it, moves confirmation on and opens the next one. What happens
/// depends on the options and the calls alone. From any thread: one at a time, inside <see cref="Gate"/>.
/// </summary>
internal sealed class SimulatedChain
{
    private readonly ChainState _state;
    private readonly ChainBlocks _blocks;
    private readonly SignatureTable _signatures = new();
    private readonly ChainTables _tables = new();
    private readonly ImmutableArray<Pubkey> _ownTables;

    /// <summary>A chain that begins as the generator's universe at its first slot.</summary>
    public SimulatedChain(GeneratedFeedOptions market, SimulatorOptions options)
    {
        Universe = new GeneratedUniverse(market);
        _state = new ChainState(Universe);
        _blocks = new ChainBlocks(market, options);
        foreach (var account in FirstAccounts.Of(Universe, market.Seed, options)) _state.Accounts.Write(account);
        _ownTables = [.. _state.Accounts.All.Where(account => account.Owner == Programs.AddressLookupTable)
            .Select(account => account.Key).Order()];
        _state.Accounts.Write(ClockAccount.At(_blocks.Tip));
        OpenSlot();
    }

    /// <summary>Whoever asks more than one thing of the chain holds it, so that nothing happens between.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Told of everything that happens, in order, inside the gate: it must not wait.</summary>
    public Action<ChainEvent>? Happened { get; set; }

    /// <summary>What the chain began as; its pools are those of the newest state.</summary>
    public GeneratedUniverse Universe { get; }

    /// <summary>The slots and blocks.</summary>
    public ChainBlocks Blocks => _blocks;

    /// <summary>What became of transactions.</summary>
    public SignatureTable Signatures => _signatures;

    /// <summary>The pools, as of the newest write.</summary>
    public IEnumerable<Pool> Pools => _state.Pools.Values.Select(generated => generated.Pool);

    /// <summary>The chain's time in the open slot.</summary>
    public ChainClock Clock => new(_blocks.Open.Slot, _blocks.Open.UnixTime);

    /// <summary>The accounts as of the end of a slot that is not older than the finalized one.</summary>
    public AccountView At(Slot slot) => _state.Accounts.At(slot);

    /// <summary>A lookup table as a message may use it in the open slot; null when there is none.</summary>
    public LookupTable? FindTable(Pubkey key) => _tables.Find(_state.Accounts.Find(key), _blocks.Open.Slot);

    /// <summary>The universe's lookup tables as a message may use them in the open slot.</summary>
    public ImmutableArray<LookupTable> UsableTables => [.. _ownTables.Select(FindTable).OfType<LookupTable>()];

    /// <summary>The newest value of an account, also of the open slot; null when it does not exist.</summary>
    public ChainAccount? Find(Pubkey key) => _state.Accounts.Find(key);

    /// <summary>The universe's mints, WSOL first.</summary>
    public IEnumerable<ChainMint> Mints => Universe.AllMints.Select(ChainMint.Of);

    /// <summary>A mint as of the newest value of its account.</summary>
    public ChainMint MintOf(Pubkey key) => ChainMint.Of(key, Find(key));

    /// <summary>
    /// Puts a pool on the chain with the accounts that it holds, each exempt from rent: for whoever builds the first
    /// state.
    /// </summary>
    public void Add(Pool pool)
    {
        var balances = ImmutableArray.CreateBuilder<GeneratedBalance>();
        foreach (var account in pool.Accounts)
        {
            balances.Add(new GeneratedBalance(
                (ulong)Rent.Mainnet.Minimum(account.Data.Length).Value,
                TokenAccount.IsNative(account.Owner, account.Data)));
        }
        lock (Gate) _state.Add(new GeneratedPool(pool, balances.ToImmutable(), default));
    }

    /// <summary>
    /// Gives an account its value outside any transaction, for good: for whoever builds the first state.
    /// </summary>
    public void Set(ChainAccount account)
    {
        lock (Gate)
        {
            var written = account with { Slot = _blocks.Open.Slot, WriteVersion = _state.WriteVersion + 1 };
            _state.Found(written);
            Tell(new AccountWritten(written));
        }
    }

    /// <summary>
    /// Executes a transaction in the open slot: if an instruction fails, nothing but the fee stands. Null, and nothing
    /// happens, when it may not go into a block: executed already, too old, its lookup tables do not give its accounts,
    /// or its payer cannot pay.
    /// What its instructions do is said by <paramref name="run"/>, where a test gives one.
    /// </summary>
    public ChainReceipt? Execute(
        ChainTransaction transaction, Func<ChainTransaction, TransactionEffects, ChainError?>? run = null)
    {
        lock (Gate)
        {
            if (!IsAdmitted(transaction) || TableDefectOf(transaction) is not null) return null;
            var step = Try([transaction], run).Steps[0];
            return step.Paid is null ? null : Commit(step);
        }
    }

    /// <summary>
    /// Tries transactions in the open slot, each after those before it, up to the first that fails. Inside the gate.
    /// </summary>
    public ChainTrial Try(
        IEnumerable<ChainTransaction> transactions,
        Func<ChainTransaction, TransactionEffects, ChainError?>? run = null)
    {
        var steps = ImmutableArray.CreateBuilder<TrialStep>();
        TransactionEffects? before = null;
        foreach (var transaction in transactions)
        {
            var paid = new TransactionEffects(_state, _blocks, Clock, transaction.Signature, before);
            var whole = new TransactionEffects(_state, _blocks, Clock, transaction.Signature, before);
            var isPaid = Wallets.TryPay(paid, transaction) && Wallets.TryPay(whole, transaction);
            if (isPaid && NonceOf(transaction) is { } nonce) NonceExecution.Advance(paid, nonce); // also if it fails
            var error = isPaid
                ? (run ?? TransactionExecution.Run)(transaction, whole)
                : new ChainError(0, InstructionFailure.MissingAccount);
            steps.Add(new TrialStep(transaction, isPaid ? paid : null, whole, error));
            if (error is not null) break;
            before = whole;
        }
        return new ChainTrial(steps.ToImmutable());
    }

    /// <summary>Lets happen what was tried, all of it, right after the trial. Inside the gate.</summary>
    public void Commit(ChainTrial trial)
    {
        if (trial.IsFailed) throw new InvalidOperationException("a trial that failed does not happen");
        foreach (var step in trial.Steps) Commit(step);
    }

    /// <summary>
    /// The runtime's word on lookup tables that do not give a transaction its accounts, or give others than when it
    /// arrived; null while they do.
    /// </summary>
    public string? TableDefectOf(ChainTransaction transaction)
    {
        if (!transaction.IsResolved) return ChainTransaction.Unresolved;
        if (transaction.Message.Lookups.IsEmpty) return null;
        var tables = transaction.Message.Lookups.Select(lookup => FindTable(lookup.Table)).OfType<LookupTable>();
        var accounts = MessageInstructions.Accounts(transaction.Message, [.. tables]);
        return accounts is { } now && now.SequenceEqual(transaction.Accounts) ? null : ChainTransaction.Unresolved;
    }

    /// <summary>
    /// A transaction may go into the open block: it is new, and its birth is recent or a durable nonce that is due.
    /// </summary>
    public bool IsAdmitted(ChainTransaction transaction) =>
        _signatures.Find(transaction.Signature) is null && IsBorn(transaction);

    /// <summary>Its birth is recent, or a durable nonce that is due.</summary>
    public bool IsBorn(ChainTransaction transaction) =>
        _blocks.FindRecent(transaction.Message.RecentBlockhash) is not null || NonceOf(transaction) is not null;

    /// <summary>It can get into no block any more: its birth is too old, or its durable nonce was advanced.</summary>
    public bool IsOver(ChainTransaction transaction) =>
        _blocks.FindRecent(transaction.Message.RecentBlockhash) is null
        && NonceExecution.Of(transaction, Find) is null;

    /// <summary>The durable nonce that stands in the place of its birth, as long as it may be advanced.</summary>
    private DurableNonce? NonceOf(ChainTransaction transaction) =>
        NonceExecution.Of(transaction, Find) is { } nonce && nonce.Value != NonceExecution.ValueOf(_blocks.Tip.Hash)
            ? nonce
            : null;

    private ChainReceipt Commit(TrialStep step)
    {
        var (transaction, whole) = (step.Transaction, step.Effects);
        var done = step.Error is null ? whole : step.Paid ?? throw new InvalidOperationException("nobody pays");
        var before = transaction.Accounts.Select(account => _state.Accounts.Find(account.Key)).ToList();
        var written = done.Written.ToList();
        foreach (var account in written) _state.Write(account);
        foreach (var account in written) Tell(new AccountWritten(account));
        var receipt = new ChainReceipt
        {
            Error = step.Error,
            ComputeUnits = whole.ComputeUnits,
            Inner = [.. whole.Inner],
            Accounts = [.. before.Zip(transaction.Accounts.Select(account => _state.Accounts.Find(account.Key)))],
        };
        var open = _blocks.Open;
        _signatures.Add(transaction.Signature, open.Slot, step.Error);
        Tell(new TransactionExecuted(open.Slot, open.Transactions++, transaction, receipt));
        return receipt;
    }

    /// <summary>Ends the open slot and opens the next one, on this fork or on what is left of it.</summary>
    public void Seal()
    {
        lock (Gate)
        {
            var sealing = _blocks.Open;
            Tell(new SlotStepped(sealing.Slot, sealing.Parent, SlotStep.Completed));
            Tell(new BlockSealed(sealing));
            Step(sealing, SlotStep.Processed);
            foreach (var (block, step) in _blocks.Advance()) Step(block, step);
            _state.Accounts.Finalize(_blocks.Finalized);
            for (var left = _blocks.SlotsToGiveUp(); left > 0; left--) GiveUp();
            _blocks.Forget();
            OpenSlot();
        }
    }

    private void OpenSlot()
    {
        var open = _blocks.Next();
        _signatures.Forget(_blocks.FirstHeld);
        _state.Accounts.Open(open.Slot);
        Tell(new SlotStepped(open.Slot, open.Parent, SlotStep.CreatedBank));
        var clock = ClockAccount.At(open) with { WriteVersion = _state.WriteVersion + 1 };
        _state.Write(clock);
        Tell(new AccountWritten(clock));
    }

    private void GiveUp()
    {
        var dead = _blocks.GiveUpTip();
        _state.Undo();
        _signatures.Undo(dead.Slot);
        if (_blocks.TellsDeadSlots) Step(dead, SlotStep.Dead);
        else dead.Step = SlotStep.Dead;
    }

    private void Step(ChainBlock block, SlotStep step)
    {
        block.Step = step;
        Tell(new SlotStepped(block.Slot, block.Parent, step));
    }

    private void Tell(ChainEvent happened)
    {
        _blocks.Log(happened);
        Happened?.Invoke(happened);
    }
}
