using Mev.Domain.Chain;

namespace Mev.Simulator.Chain;

/// <summary>One account's value. Its bytes are never changed: a write makes a new value.</summary>
/// <param name="Key">Its address.</param>
/// <param name="Owner">The program that owns it.</param>
/// <param name="Lamports">Its lamports.</param>
/// <param name="Data">Its bytes.</param>
internal sealed record ChainAccount(Pubkey Key, Pubkey Owner, ulong Lamports, ReadOnlyMemory<byte> Data)
{
    /// <summary>Slot of the write.</summary>
    public Slot Slot { get; init; }

    /// <summary>Rises with every write of this chain, also where slots are given up.</summary>
    public ulong WriteVersion { get; init; }

    /// <summary>The transaction that wrote it; none for the chain itself.</summary>
    public TransactionSignature Transaction { get; init; }

    /// <summary>The value as a write of the feed's form.</summary>
    public AccountWrite ToWrite() => new()
    {
        Key = Key,
        Owner = Owner,
        Lamports = Lamports,
        Slot = Slot,
        WriteVersion = WriteVersion,
        Transaction = Transaction,
        Data = Data,
    };
}
