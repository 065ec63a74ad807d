using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Domain.Wallets;

/// <summary>What a wallet has as of one slot.</summary>
public sealed record WalletState
{
    /// <summary>The slot as of which the node answered.</summary>
    public required Slot Slot { get; init; }

    /// <summary>Its lamports, without wrapped SOL.</summary>
    public required Lamports Balance { get; init; }

    /// <summary>Wrapped SOL in its derived token account, lamports.</summary>
    public required TokenAmount Wrapped { get; init; }

    /// <summary>Token accounts that it owns, ascending.</summary>
    public required ImmutableArray<Pubkey> TokenAccounts { get; init; }

    /// <summary>The lookup tables asked for, as they are usable.</summary>
    public ImmutableArray<LookupTable> Tables { get; init; } = [];

    /// <summary>The nonce accounts asked for that are ready and the wallet's.</summary>
    public ImmutableArray<Pubkey> Nonces { get; init; } = [];
}
