using System.Collections.Immutable;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Domain.Signing;

namespace Mev.Adapters.Solana.Signing;

/// <summary>A transaction of a bundle with every key that it names.</summary>
internal sealed record DecodedTransaction
{
    /// <summary>Its place in the bundle, from 0.</summary>
    public required int Place { get; init; }

    /// <summary>Its bytes as they were handed over.</summary>
    public required BundlePart Part { get; init; }

    /// <summary>The bytes that are signed.</summary>
    public required ReadOnlyMemory<byte> MessageBytes { get; init; }

    public required TransactionMessage Message { get; init; }

    public required TransactionOwner Owner { get; init; }

    /// <summary>Static and looked up accounts, by place.</summary>
    public required ImmutableArray<AccountReference> Accounts { get; init; }

    public required ImmutableArray<Instruction> Instructions { get; init; }

    /// <summary>What an own transaction does; none when it does anything that is not known.</summary>
    public DecodedCycle? Cycle { get; init; }

    /// <summary>What is not known about it.</summary>
    public string Undecoded { get; init; } = "";

    public Pubkey Payer => Message.Payer;

    public ImmutableArray<Pubkey> Signers => Message.StaticKeys[..Message.Header.Signers];

    public bool IsOwn => Owner == TransactionOwner.Own;

    public bool Names(Pubkey key)
    {
        foreach (var account in Accounts)
            if (account.Key == key) return true;
        return false;
    }
}
