using System.Collections.Frozen;
using Mev.Domain.Chain;

namespace Mev.Domain.Signing;

/// <summary>The wallets of the platform.</summary>
public sealed record SigningWallets
{
    /// <summary>All of them, in every strategy and silo: a second wallet is no way around a rule.</summary>
    public required FrozenSet<Pubkey> All { get; init; }

    /// <summary>Those that the strategy may use.</summary>
    public required FrozenSet<Pubkey> Allowed { get; init; }

    /// <summary>Token accounts of ours: a swap pays into none but these and those that its transaction makes.</summary>
    public required FrozenSet<Pubkey> TokenAccounts { get; init; }

    /// <summary>
    /// Lamports of each, without wrapped SOL and without what open submissions may still cost; a wallet that is not
    /// there is not known and pays nothing.
    /// </summary>
    public required FrozenDictionary<Pubkey, Lamports> Balances { get; init; }
}
