using Mev.Domain.Chain;
using Orleans;

namespace Mev.Domain.Learning;

/// <summary>Names a belief: SHA-256 of its canonical bytes.</summary>
[GenerateSerializer, Immutable, Alias("mev.posterior-id")]
public readonly record struct PosteriorId([property: Id(0)] Digest Value)
{
    /// <summary>The id of those canonical bytes.</summary>
    public static PosteriorId Of(ReadOnlySpan<byte> canonicalBytes) => new(Digest.Of(canonicalBytes));

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
