using Mev.Domain.Chain;

namespace Mev.Simulator.Chain;

/// <summary>Something that happened on the chain, in the order in which a node tells of it.</summary>
internal abstract record ChainEvent(Slot Slot);

/// <summary>An account has a new value.</summary>
internal sealed record AccountWritten(ChainAccount Account) : ChainEvent(Account.Slot);

/// <summary>A transaction was executed; its writes came before.</summary>
internal sealed record TransactionExecuted(Slot Slot, ulong Index, ChainTransaction Transaction, ChainReceipt Receipt)
    : ChainEvent(Slot);

/// <summary>A slot took a step.</summary>
internal sealed record SlotStepped(Slot Slot, Slot Parent, SlotStep Step) : ChainEvent(Slot);

/// <summary>A block has its hash; the slot's last event before it is processed.</summary>
internal sealed record BlockSealed(ChainBlock Block) : ChainEvent(Block.Slot);
