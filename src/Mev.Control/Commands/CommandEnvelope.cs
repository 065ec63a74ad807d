using Mev.Control.Signatures;

namespace Mev.Control.Commands;

/// <summary>A command of the right form whose signature was not verified yet.</summary>
internal sealed record CommandEnvelope
{
    public required SignedCommand Signed { get; init; }

    public required string Path { get; init; }

    /// <summary>The idempotency key.</summary>
    public required Guid CommandId { get; init; }

    public required ReadOnlyMemory<byte> ContentDigest { get; init; }

    public required CommandParameters Parameters { get; init; }

    public KeyId KeyId => Parameters.KeyId;
}
