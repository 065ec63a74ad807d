namespace Mev.Adapters.Solana.Transactions;

/// <summary>Why bytes are no transaction, or why a transaction must not be sent.</summary>
public enum TransactionDefect
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The bytes end too early.</summary>
    Truncated,

    /// <summary>Bytes follow after the end.</summary>
    TrailingBytes,

    /// <summary>A length in compact form has more bytes than it needs, or is above 65,535.</summary>
    Length,

    /// <summary>A message of another version than legacy and 0.</summary>
    Version,

    /// <summary>The header's parts do not fit the keys, or nobody pays.</summary>
    Header,

    /// <summary>There are more or fewer signatures than the message asks for.</summary>
    Signatures,

    /// <summary>An instruction names a place beyond the keys, or a program that pays or is looked up.</summary>
    Place,

    /// <summary>A lookup takes nothing.</summary>
    EmptyLookup,

    /// <summary>Two static keys, or two lookups' tables, are the same.</summary>
    Repeated,

    /// <summary>More accounts than a transaction may load.</summary>
    TooManyAccounts,

    /// <summary>Longer than a packet.</summary>
    TooLong,
}
