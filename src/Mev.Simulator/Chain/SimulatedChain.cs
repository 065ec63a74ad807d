using Mev.Adapters.Paper.Generation;
using Mev.Domain.Chain;
using Mev.Domain.Pools;

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

    /// <summary>A chain that begins as the generator's universe at its first slot.</summary>
    public SimulatedChain(GeneratedFeedOptions market, SimulatorOptions options)
    {
        Universe = new GeneratedUniverse(market);
        _state = new ChainState(Universe);
        _blocks = new ChainBlocks(market, options);
        foreach (var trader in Wallets.Traders(market.Seed)) _state.Accounts.Write(trader);
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

    /// <summary>
    /// Executes a transaction in the open slot. Its fee is taken first; then <paramref name="effects"/> says what its
    /// instructions do, and whether they all succeeded: if not, nothing but the fee stands. Null, and nothing happens,
    /// when its payer cannot pay.
    /// </summary>
    public ChainReceipt? Execute(ChainTransaction transaction, Func<TransactionEffects, bool> effects)
    {
        lock (Gate)
        {
            var fee = new TransactionEffects(_state, Clock, transaction.Signature);
            if (!Wallets.TryPay(fee, transaction)) return null;
            var whole = new TransactionEffects(_state, Clock, transaction.Signature);
            Wallets.TryPay(whole, transaction);
            var isFailed = !effects(whole);
            var done = isFailed ? fee : whole;
            var before = transaction.Accounts.Select(_state.Accounts.Find).ToList();
            var written = done.Written.ToList();
            foreach (var account in written) _state.Write(account);
            foreach (var account in written) Tell(new AccountWritten(account));
            var receipt = new ChainReceipt
            {
                IsFailed = isFailed,
                ComputeUnits = whole.ComputeUnits,
                Inner = [.. whole.Inner],
                Accounts = [.. before.Zip(transaction.Accounts.Select(_state.Accounts.Find))],
            };
            var open = _blocks.Open;
            _signatures.Add(transaction.Signature, open.Slot, isFailed);
            Tell(new TransactionExecuted(open.Slot, open.Transactions++, transaction, receipt));
            return receipt;
        }
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
