using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Mev.Adapters.Solana.Yellowstone.Wire;
using Mev.Domain.Chain;
using Mev.Simulator.Chain;
using BlockHeight = Mev.Adapters.Solana.Yellowstone.Wire.BlockHeight;
using SlotStatus = Mev.Adapters.Solana.Yellowstone.Wire.SlotStatus;

namespace Mev.Simulator.Yellowstone;

/// <summary>Writes events as messages of the stream.</summary>
internal static class GeyserMessages
{
    /// <summary>The message of an event for one subscriber.</summary>
    public static SubscribeUpdate Of(ChainEvent happened, IEnumerable<string> filters, Timestamp createdAt)
    {
        var update = new SubscribeUpdate { CreatedAt = createdAt };
        update.Filters.AddRange(filters);
        switch (happened)
        {
            case AccountWritten written:
                update.Account = Of(written.Account);
                break;
            case TransactionExecuted executed:
                update.Transaction = TransactionMessages.Of(executed);
                break;
            case SlotStepped stepped:
                update.Slot = Of(stepped);
                break;
            case BlockSealed { Block: var block }:
                update.BlockMeta = Of(block);
                break;
        }
        return update;
    }

    /// <summary>The bytes of an address.</summary>
    public static ByteString Bytes(Pubkey key) => UnsafeByteOperations.UnsafeWrap(key.ToArray());

    /// <summary>The bytes of a signature.</summary>
    public static ByteString Bytes(TransactionSignature signature)
    {
        var bytes = new byte[TransactionSignature.Length];
        signature.CopyTo(bytes);
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    private static SubscribeUpdateAccount Of(ChainAccount account)
    {
        var told = new SubscribeUpdateAccountInfo
        {
            Pubkey = Bytes(account.Key),
            Lamports = account.Lamports,
            Owner = Bytes(account.Owner),
            RentEpoch = ulong.MaxValue, // exempt
            Data = UnsafeByteOperations.UnsafeWrap(account.Data), // never changed
            WriteVersion = account.WriteVersion,
        };
        if (!account.Transaction.IsNone) told.TxnSignature = Bytes(account.Transaction);
        return new SubscribeUpdateAccount { Account = told, Slot = account.Slot.Value };
    }

    private static SubscribeUpdateSlot Of(SlotStepped stepped)
    {
        var update = new SubscribeUpdateSlot { Slot = stepped.Slot.Value, Status = StatusOf(stepped.Step) };
        if (stepped.Parent.Value > 0) update.Parent = stepped.Parent.Value;
        if (stepped.Step == SlotStep.Dead) update.DeadError = "the fork was given up";
        return update;
    }

    private static SubscribeUpdateBlockMeta Of(ChainBlock block) => new()
    {
        Slot = block.Slot.Value,
        Blockhash = block.Hash.ToString(),
        BlockTime = new UnixTimestamp { Timestamp = block.UnixTime },
        BlockHeight = new BlockHeight { BlockHeight_ = block.Height },
        ParentSlot = block.Parent.Value,
        ParentBlockhash = block.ParentHash.ToString(),
        ExecutedTransactionCount = block.Transactions,
    };

    private static SlotStatus StatusOf(SlotStep step) => step switch
    {
        SlotStep.CreatedBank => SlotStatus.SlotCreatedBank,
        SlotStep.Completed => SlotStatus.SlotCompleted,
        SlotStep.Confirmed => SlotStatus.SlotConfirmed,
        SlotStep.Finalized => SlotStatus.SlotFinalized,
        SlotStep.Dead => SlotStatus.SlotDead,
        _ => SlotStatus.SlotProcessed,
    };
}
