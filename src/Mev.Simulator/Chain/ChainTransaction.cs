using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Simulator.Chain;

/// <summary>A transaction as it arrives: signed, its accounts resolved.</summary>
internal sealed record ChainTransaction
{
    /// <summary>Its first signature.</summary>
    public required TransactionSignature Signature { get; init; }

    /// <summary>
    /// Its accounts: writable signers with the payer first, read-only signers, writable others, read-only others.
    /// </summary>
    public required ImmutableArray<Pubkey> Accounts { get; init; }

    /// <summary>How many of them sign.</summary>
    public required int Signers { get; init; }

    /// <summary>How many of the signers are read-only.</summary>
    public int ReadOnlySigners { get; init; }

    /// <summary>How many of the others are read-only.</summary>
    public required int ReadOnlyOthers { get; init; }

    /// <summary>The block that it was built on.</summary>
    public required Blockhash Blockhash { get; init; }

    /// <summary>Its instructions.</summary>
    public required ImmutableArray<ChainInstruction> Instructions { get; init; }

    /// <summary>What its payer pays for it, also when it fails.</summary>
    public required Lamports Fee { get; init; }

    /// <summary>Who pays.</summary>
    public Pubkey Payer => Accounts[0];
}
