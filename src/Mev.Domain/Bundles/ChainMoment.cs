using Mev.Domain.Chain;

namespace Mev.Domain.Bundles;

/// <summary>What a message needs of the chain's state, as it was known when a batch was decided.</summary>
public sealed record ChainMoment
{
    /// <summary>Nothing is known: no message is built on it.</summary>
    public static ChainMoment Unknown { get; } = new()
    {
        Blockhash = default,
        LastValidBlockHeight = 0,
        IsFresh = false,
        Balance = Lamports.Zero,
        Wrapped = default,
    };

    /// <summary>The newest blockhash known; a message names it as its birth.</summary>
    public required Blockhash Blockhash { get; init; }

    /// <summary>Last block in which a message of that birth can land.</summary>
    public required ulong LastValidBlockHeight { get; init; }

    /// <summary>Blockhash and balances were asked for so lately that a message may be built on them.</summary>
    public required bool IsFresh { get; init; }

    /// <summary>Lamports of the wallet that no open intent has reserved, without its wrapped SOL.</summary>
    public required Lamports Balance { get; init; }

    /// <summary>Wrapped SOL of the wallet that no open intent has reserved, lamports.</summary>
    public required TokenAmount Wrapped { get; init; }

    /// <summary>
    /// What the day's cap leaves for tips and fees after what was spent and what open intents have reserved; null in
    /// records of before it was asked for.
    /// </summary>
    public Lamports? CostLeft { get; init; }
}
