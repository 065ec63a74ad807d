using System.Diagnostics.CodeAnalysis;

namespace Mev.Domain.Learning;

/// <summary>Makes samplers of each kind: fresh ones from the prior, and recorded ones from their bytes.</summary>
public static class Samplers
{
    /// <summary>A sampler that has seen nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kind is not known here.</exception>
    public static ISampler Prior(SamplerKind kind) => kind switch
    {
        SamplerKind.BetaThompson => new BetaThompsonSampler(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such sampler"),
    };

    /// <summary>
    /// The sampler whose canonical bytes these are; otherwise false with the reason. Foreign bytes never throw.
    /// </summary>
    public static bool TryRead(
        SamplerKind kind,
        ReadOnlySpan<byte> canonicalBytes,
        [NotNullWhen(true)] out ISampler? sampler,
        out PosteriorRefusal refusal)
    {
        sampler = null;
        refusal = PosteriorRefusal.UnknownKind;
        if (kind != SamplerKind.BetaThompson) return false;
        refusal = BetaThompsonSampler.TryRead(canonicalBytes, out var betaThompson);
        sampler = betaThompson;
        return sampler is not null;
    }

    /// <summary>A new array of the canonical bytes.</summary>
    public static byte[] CanonicalBytes(this ISampler sampler)
    {
        var bytes = new byte[sampler.CanonicalLength];
        sampler.WriteCanonical(bytes);
        return bytes;
    }
}
