using Mev.Control.Keys;

namespace Mev.Control.Commands;

/// <summary>A command whose signature holds. Its nonce, its body and the roles are still to be checked.</summary>
public sealed record VerifiedCommand
{
    /// <summary>What was signed, to be verified again by whoever executes it.</summary>
    public required SignedCommand Envelope { get; init; }

    /// <summary>The endpoint it is meant for, one of <see cref="CommandEndpoints"/>.</summary>
    public required string Path { get; init; }

    /// <summary>Its id, a UUIDv7: the idempotency key.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>The key that signed it, and through it the principal.</summary>
    public required RegisteredKey Key { get; init; }

    /// <summary>When it was made, Unix seconds.</summary>
    public required long Created { get; init; }

    /// <summary>Its last second.</summary>
    public required long Expires { get; init; }

    /// <summary>16 random bytes as 22 characters of base64url: with the key's id, never taken twice.</summary>
    public required string Nonce { get; init; }
}
