namespace Mev.Adapters.Solana.Transactions;

/// <summary>What a transaction must keep to before it is signed and sent.</summary>
public static class TransactionLimits
{
    /// <summary>Bytes of a serialised transaction at most: a packet of IPv6 without its headers.</summary>
    public const int PacketBytesMax = 1_232;

    /// <summary>Static and looked up accounts at most that a transaction may lock.</summary>
    public const int AccountsMax = 64;

    /// <summary>Compute units that a transaction may ask for.</summary>
    public const uint ComputeUnitsMax = 1_400_000;

    /// <summary>Why the message must not be signed; none when it may.</summary>
    public static TransactionDefect Check(TransactionMessage message)
    {
        var defect = message.Defect();
        if (defect != TransactionDefect.None) return defect;
        if (message.AccountsCount > AccountsMax) return TransactionDefect.TooManyAccounts;
        var length = Transaction.LengthOf(message.Header.Signers, MessageBytes.LengthOf(message));
        return length > PacketBytesMax ? TransactionDefect.TooLong : TransactionDefect.None;
    }
}
