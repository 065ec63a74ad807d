namespace Mev.Grains.Abstractions.Commands;

/// <summary>A signed command as it was received. Whoever gets it verifies it.</summary>
[GenerateSerializer, Immutable, Alias("mev.signed-envelope")]
public sealed record SignedEnvelope
{
    /// <summary>The bytes that the signature covers (RFC 9421).</summary>
    [Id(0)] public required ReadOnlyMemory<byte> SignatureBase { get; init; }

    /// <summary>64 bytes of Ed25519.</summary>
    [Id(1)] public required ReadOnlyMemory<byte> Signature { get; init; }

    /// <summary>The exact body.</summary>
    [Id(2)] public required ReadOnlyMemory<byte> Body { get; init; }
}
