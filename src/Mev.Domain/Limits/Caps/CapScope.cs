namespace Mev.Domain.Limits.Caps;

/// <summary>What a <see cref="Cap"/> is about. The numbers are recorded: never renumbered.</summary>
public enum CapScope
{
    /// <summary>Nothing: a limit of all.</summary>
    Unknown = 0,

    /// <summary>One strategy.</summary>
    Strategy = 1,

    /// <summary>What one wallet pays for, whichever strategy decided.</summary>
    Wallet = 2,

    /// <summary>Cycles over one pool, whichever strategy decided.</summary>
    Pool = 3,

    /// <summary>Cycles over one mint, whichever strategy decided.</summary>
    Token = 4,
}
