using System.Buffers.Binary;
using Mev.Adapters.Paper.Generation;
using Mev.Domain.Chain;

namespace Mev.Simulator.Chain;

/// <summary>
/// The slots of the chain that are held, with the fork that is built upon, and everything that was told while they
/// were, in order.
/// </summary>
internal sealed class ChainBlocks
{
    private const long MsPerSecond = 1_000;
    private const int HashesMax = 16_384;

    private readonly GeneratedFeedOptions _market;
    private readonly SimulatorOptions _options;
    private readonly List<ChainBlock> _fork = []; // from the oldest that is held to the tip
    private readonly Dictionary<Slot, ChainBlock> _all = [];
    private readonly HashSet<Blockhash> _hashes = [];
    private readonly Queue<Blockhash> _hashOrder = new();
    private readonly LinkedList<(Slot ToldIn, ChainEvent Event)> _log = new();

    /// <summary>The block before the first.</summary>
    public ChainBlocks(GeneratedFeedOptions market, SimulatorOptions options)
    {
        (_market, _options) = (market, options);
        var first = new Slot(market.FirstSlot);
        var genesis = new ChainBlock(first, null, HashOf(first, default), market.FirstUnixTime)
        {
            Step = SlotStep.Finalized,
        };
        _fork.Add(genesis);
        _all.Add(first, genesis);
        _hashes.Add(genesis.Hash);
        (Open, Confirmed, Finalized, Genesis) = (genesis, first, first, genesis.Hash);
    }

    /// <summary>Hash of the first block, which names the chain.</summary>
    public Blockhash Genesis { get; }

    /// <summary>The block that transactions go into.</summary>
    public ChainBlock Open { get; private set; }

    /// <summary>The newest block that is sealed.</summary>
    public ChainBlock Tip => _fork[^1];

    /// <summary>Highest confirmed slot.</summary>
    public Slot Confirmed { get; private set; }

    /// <summary>Highest finalized slot.</summary>
    public Slot Finalized { get; private set; }

    /// <summary>Lowest slot that can be told again.</summary>
    public Slot FirstHeld => _all.Keys.Min();

    /// <summary>Slots to be given up at the end of the open one, once. Inside the chain's gate.</summary>
    public int ForkNext { get; set; }

    /// <summary>Slots given up are told.</summary>
    public bool TellsDeadSlots => _options.TellsDeadSlots;

    /// <summary>A slot's block, of whichever fork; null when it is not held.</summary>
    public ChainBlock? Find(Slot slot) => _all.GetValueOrDefault(slot);

    /// <summary>The slot has a block on the fork that is built upon.</summary>
    public bool IsOnFork(Slot slot) => _fork.Exists(block => block.Slot == slot);

    /// <summary>The newest block on the fork of at least that step.</summary>
    public ChainBlock At(SlotStep step) => step switch
    {
        SlotStep.Confirmed => OnFork(Confirmed),
        SlotStep.Finalized => OnFork(Finalized),
        _ => Tip,
    };

    /// <summary>The block of a hash, when a transaction may still be built on it.</summary>
    public ChainBlock? FindRecent(Blockhash hash) =>
        _fork.FindLast(block => block.Hash == hash && block.Height + ValidBlocks >= Tip.Height);

    /// <summary>The hash was that of a block, which may be too old or given up; so many are remembered.</summary>
    public bool WasHash(Blockhash hash) => _hashes.Contains(hash);

    /// <summary>Blocks after which a blockhash is too old.</summary>
    public const ulong ValidBlocks = 150;

    /// <summary>What was told from the beginning of a slot on, in order.</summary>
    public IEnumerable<ChainEvent> ToldFrom(Slot slot) =>
        _log.Where(entry => entry.ToldIn >= slot).Select(entry => entry.Event);

    /// <summary>Opens the slot after the highest there was, on the tip.</summary>
    public ChainBlock Next()
    {
        var slot = Open.Slot.Plus(1);
        var number = slot.Value - _market.FirstSlot;
        var slotMs = (long)_options.TickMs * _options.TicksPerSlot;
        var time = _market.FirstUnixTime + (long)number * slotMs / MsPerSecond;
        Open = new ChainBlock(slot, Tip, HashOf(slot, Tip.Hash), time);
        _all.Add(slot, Open);
        return Open;
    }

    /// <summary>The open block becomes the tip; what it confirms and finalizes, oldest first.</summary>
    public List<(ChainBlock Block, SlotStep Step)> Advance()
    {
        _fork.Add(Open);
        _hashes.Add(Open.Hash);
        _hashOrder.Enqueue(Open.Hash);
        if (_hashOrder.Count > HashesMax) _hashes.Remove(_hashOrder.Dequeue());
        var steps = new List<(ChainBlock, SlotStep)>();
        Confirmed = Move(SlotStep.Confirmed, Confirmed, _options.ConfirmedBehind, steps);
        Finalized = Move(SlotStep.Finalized, Finalized, _options.FinalizedBehind, steps);
        return steps;
    }

    /// <summary>How many slots are given up now.</summary>
    public int SlotsToGiveUp()
    {
        var isDue = _options.ForkEverySlots > 0 && Tip.Slot.Value % (ulong)_options.ForkEverySlots == 0;
        var wanted = Math.Max(isDue ? _options.ForkDepth : 0, ForkNext);
        ForkNext = 0;
        return Math.Min(wanted, _fork.Count(block => block.Slot > Confirmed));
    }

    /// <summary>The tip is no block of the chain any more.</summary>
    public ChainBlock GiveUpTip()
    {
        var dead = Tip;
        _fork.RemoveAt(_fork.Count - 1);
        return dead;
    }

    /// <summary>Keeps what happened for whoever wants it again.</summary>
    public void Log(ChainEvent happened)
    {
        _log.AddLast((Open.Slot, happened));
        if (happened is not SlotStepped { Step: not SlotStep.Processed } && Find(happened.Slot) is { } block)
            block.Add(happened);
    }

    /// <summary>Lets go of the slots beyond those that are held.</summary>
    public void Forget()
    {
        var held = (ulong)Math.Max(_options.HeldSlots, _options.FinalizedBehind + 1);
        if (Open.Slot.Value - _market.FirstSlot < held) return;
        var first = new Slot(Open.Slot.Value - held + 1);
        foreach (var slot in _all.Keys.Where(slot => slot < first).ToList()) _all.Remove(slot);
        _fork.RemoveAll(block => block.Slot < first && block.Slot < Finalized
            && block.Height + ValidBlocks < Tip.Height);
        while (_log.First is { } oldest && oldest.Value.ToldIn < first) _log.RemoveFirst();
    }

    private Slot Move(SlotStep step, Slot reached, int behind, List<(ChainBlock, SlotStep)> steps)
    {
        for (var i = 0; i < _fork.Count - behind; i++)
        {
            if (_fork[i].Slot <= reached) continue;
            reached = _fork[i].Slot;
            steps.Add((_fork[i], step));
        }
        return reached;
    }

    private ChainBlock OnFork(Slot slot) => _fork.FindLast(block => block.Slot == slot) ?? _fork[0];

    /// <summary>SHA-256("mev-block", 0, seed u64 LE, slot u64 LE, hash of the parent).</summary>
    private Blockhash HashOf(Slot slot, Blockhash parent)
    {
        var text = "mev-block\0"u8;
        Span<byte> bytes = stackalloc byte[text.Length + 2 * sizeof(ulong) + Digest.Length];
        text.CopyTo(bytes);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[text.Length..], _market.Seed);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[(text.Length + sizeof(ulong))..], slot.Value);
        parent.Hash.CopyTo(bytes[(text.Length + 2 * sizeof(ulong))..]);
        return new Blockhash(Digest.Of(bytes));
    }
}
