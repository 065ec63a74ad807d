using Mev.Adapters.Solana.Yellowstone.Wire;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using SlotStatus = Mev.Domain.Feed.SlotStatus;
using WireStatus = Mev.Adapters.Solana.Yellowstone.Wire.SlotStatus;

namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>
/// Makes events of messages. What has no meaning is skipped, what cannot be true is refused; either is counted and
/// nothing throws.
/// </summary>
internal sealed class UpdateReader(YellowstoneCounts counts)
{
    /// <summary>Slots that a message may be away from those that the node knows: two days.</summary>
    public const ulong SlotsAwayMax = ChainClock.SlotsPerEpoch;

    /// <summary>Slots that the stream may be ahead of what the node answers: a minute.</summary>
    public const ulong SlotsAheadMax = 150;

    /// <summary>No account of the chain is longer.</summary>
    public const int AccountBytesMax = 10 << 20;

    private const long UnixTimeMax = 32_503_680_000; // the year 3000

    private ulong _tip;
    private ulong _confirmed;

    /// <summary>Highest slot told of, shreds that only arrive included. From any thread.</summary>
    public Slot Tip => new(Volatile.Read(ref _tip));

    /// <summary>Highest slot that this connection told to be confirmed; 0 before the first. From any thread.</summary>
    public Slot Confirmed => new(Volatile.Read(ref _confirmed));

    /// <summary>Highest slot that this connection told to be executed to its end; 0 before the first.</summary>
    public Slot Processed { get; private set; }

    /// <summary>Highest finalized slot.</summary>
    public Slot Finalized { get; private set; }

    /// <summary>Begins a connection to a node that stands at a slot.</summary>
    public void Begin(Slot tip) => (_tip, _confirmed, Processed) = (tip.Value, 0, default);

    /// <summary>The node told of a slot, here or elsewhere.</summary>
    public void Raise(Slot slot)
    {
        if (slot.Value > _tip) Volatile.Write(ref _tip, slot.Value);
    }

    /// <summary>
    /// The node was asked for its slot: that counts where it is later, or so much earlier that what the stream told
    /// can be none of this chain.
    /// </summary>
    public void Answered(Slot slot)
    {
        if (slot.Value > _tip || _tip > slot.Value + SlotsAheadMax) Volatile.Write(ref _tip, slot.Value);
    }

    /// <summary>The event that a message tells; false when it tells none.</summary>
    public bool TryRead(SubscribeUpdate update, out FeedEvent read)
    {
        read = default;
        counts.Messages++;
        var defect = update.UpdateOneofCase switch
        {
            SubscribeUpdate.UpdateOneofOneofCase.Account => ReadAccount(update.Account, out read),
            SubscribeUpdate.UpdateOneofOneofCase.Slot => ReadSlot(update.Slot, out read),
            SubscribeUpdate.UpdateOneofOneofCase.BlockMeta => ReadBlock(update.BlockMeta, out read),
            _ => Skip(),
        };
        if (defect != WireDefect.None) counts.Refuse(defect);
        return defect == WireDefect.None && read.Kind != FeedEventKind.Unknown;
    }

    /// <summary>The slot is one that this node may speak of.</summary>
    public bool IsPlausible(ulong slot) =>
        slot > 0 && slot <= Slot.Max.Value
        && slot <= Tip.Value + SlotsAwayMax && slot + SlotsAwayMax >= Tip.Value;

    private WireDefect ReadAccount(SubscribeUpdateAccount update, out FeedEvent read)
    {
        read = default;
        if (update.Account is not { } account) return WireDefect.PartMissing;
        if (account.Pubkey.Length != Pubkey.Length || account.Owner.Length != Pubkey.Length)
            return WireDefect.AddressLength;
        var isSigned = account.HasTxnSignature && !account.TxnSignature.IsEmpty;
        if (isSigned && account.TxnSignature.Length != TransactionSignature.Length) return WireDefect.SignatureLength;
        if (account.Data.Length > AccountBytesMax) return WireDefect.DataLength;
        if (!IsPlausible(update.Slot)) return WireDefect.ImplausibleSlot;
        var slot = new Slot(update.Slot);
        Raise(slot);
        read = FeedEvent.Of(new AccountWrite
        {
            Key = new Pubkey(account.Pubkey.Span),
            Owner = new Pubkey(account.Owner.Span),
            Lamports = account.Lamports,
            Slot = slot,
            WriteVersion = account.WriteVersion,
            Transaction = isSigned ? TransactionSignature.From(account.TxnSignature.Span) : TransactionSignature.None,
            IsStartup = update.IsStartup,
            Data = account.Data.Memory,
        });
        return WireDefect.None;
    }

    private WireDefect ReadSlot(SubscribeUpdateSlot update, out FeedEvent read)
    {
        read = default;
        if (!IsPlausible(update.Slot)) return WireDefect.ImplausibleSlot;
        var slot = new Slot(update.Slot);
        Raise(slot);
        if (!Enum.IsDefined(update.Status)) return WireDefect.UnknownStatus;
        var status = update.Status switch
        {
            WireStatus.SlotProcessed => SlotStatus.Processed,
            WireStatus.SlotConfirmed => SlotStatus.Confirmed,
            WireStatus.SlotFinalized => SlotStatus.Finalized,
            WireStatus.SlotDead => SlotStatus.Dead,
            _ => SlotStatus.Unknown,
        };
        if (status == SlotStatus.Unknown) return Skip(); // steps on the way to processed
        if (status == SlotStatus.Processed && slot > Processed) Processed = slot;
        var isConfirmed = status is SlotStatus.Confirmed or SlotStatus.Finalized;
        if (isConfirmed && slot.Value > _confirmed)
            Volatile.Write(ref _confirmed, slot.Value);
        if (status == SlotStatus.Finalized && slot > Finalized) Finalized = slot;
        var isParentTold = update.HasParent && update.Parent > 0;
        var isParentWrong = isParentTold && update.Parent >= update.Slot;
        if (isParentWrong) counts.Refuse(WireDefect.ImplausibleParent);
        read = FeedEvent.SlotIs(status, slot, isParentTold && !isParentWrong ? new Slot(update.Parent) : default);
        return WireDefect.None;
    }

    private WireDefect ReadBlock(SubscribeUpdateBlockMeta update, out FeedEvent read)
    {
        read = default;
        if (!IsPlausible(update.Slot)) return WireDefect.ImplausibleSlot;
        if (update.BlockTime is not { } time) return Skip();
        if (time.Timestamp is <= 0 or > UnixTimeMax) return WireDefect.ImplausibleTime;
        Raise(new Slot(update.Slot));
        read = FeedEvent.TimeIs(new Slot(update.Slot), time.Timestamp);
        return WireDefect.None;
    }

    private WireDefect Skip()
    {
        counts.Skipped++;
        return WireDefect.None;
    }
}
