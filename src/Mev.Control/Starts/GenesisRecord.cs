using Mev.Control.Signatures;
using Mev.Domain.Chain;

namespace Mev.Control.Starts;

/// <summary>Leaf 0 of the command log: how the cluster began.</summary>
public sealed record GenesisRecord
{
    /// <summary>Hash of the trust root; under another one no process starts.</summary>
    public required Digest TrustRootHash { get; init; }

    /// <summary>The exact bytes of the first registry and policy, as both admins signed them.</summary>
    public required ReadOnlyMemory<byte> Initial { get; init; }

    /// <summary>The key that proposed.</summary>
    public required KeyId ProposedBy { get; init; }

    /// <summary>The key of another admin, that approved.</summary>
    public required KeyId ApprovedBy { get; init; }

    /// <summary>Begun with development keys: refused in Live for ever.</summary>
    public required bool IsDevelopment { get; init; }
}
