namespace Mev.Domain.Chain;

/// <summary>
/// One account's complete new bytes, as a node reports them. <see cref="Data"/> is the feed's buffer: valid until the
/// feed is asked for its next batch, so whoever keeps bytes copies them.
/// </summary>
public readonly record struct AccountWrite
{
    private readonly TransactionSignature _transaction;

    /// <summary>The account.</summary>
    public required Pubkey Key { get; init; }

    /// <summary>The program that owns it; the system program (zero) after it was closed.</summary>
    public required Pubkey Owner { get; init; }

    /// <summary>Balance in lamports; 0 with empty data means closed.</summary>
    public required ulong Lamports { get; init; }

    /// <summary>Slot of the write.</summary>
    public required Slot Slot { get; init; }

    /// <summary>Rises with every write inside one node; orders the writes of one slot.</summary>
    public required ulong WriteVersion { get; init; }

    /// <summary>The transaction that wrote it; none for a startup value.</summary>
    public TransactionSignature Transaction
    {
        get => _transaction;
        init => _transaction = value;
    }

    /// <summary>A base value from a snapshot: loses to any live write of the same or a later slot.</summary>
    public bool IsStartup { get; init; }

    /// <summary>All bytes of the account.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>A transaction wrote it: it is no startup value.</summary>
    public bool HasTransaction => !TransactionSignature.AreSame(in _transaction, in TransactionSignature.None);

    /// <summary>That transaction wrote it; copies nothing.</summary>
    public bool IsOf(in TransactionSignature transaction) =>
        TransactionSignature.AreSame(in _transaction, in transaction);

    /// <summary>The account no longer exists.</summary>
    public bool IsClosed => Data.IsEmpty && (Lamports == 0 || Owner.IsZero);
}
