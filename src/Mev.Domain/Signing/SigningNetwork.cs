using System.Collections.Frozen;
using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Domain.Signing;

/// <summary>The chain that the signed bytes would reach.</summary>
public sealed record SigningNetwork
{
    /// <summary>The mode is the one that spends real money.</summary>
    public required bool IsLive { get; init; }

    /// <summary>What the RPC says of its first block; none while it did not answer.</summary>
    public required Blockhash? GenesisHash { get; init; }

    /// <summary>Tip accounts as the engine reports them; none where it was not reached.</summary>
    public ImmutableArray<Pubkey>? ReportedTipAccounts { get; init; }

    /// <summary>Vote accounts that are known, which no bundle may name. Default none.</summary>
    public FrozenSet<Pubkey> VoteAccounts { get; init; } = FrozenSet<Pubkey>.Empty;
}
