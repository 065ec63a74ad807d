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
        SamplerKind.Factored => new FactoredSampler(FactoredTerms.Profit),
        SamplerKind.FactoredFloor => new FactoredSampler(FactoredTerms.Floor),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such sampler"),
    };

    /// <summary>
    /// The sampler whose canonical bytes these are; otherwise false with the reason. Foreign bytes never throw. What
    /// was recorded once stays readable.
    /// </summary>
    public static bool TryRead(
        SamplerKind kind,
        ReadOnlySpan<byte> canonicalBytes,
        [NotNullWhen(true)] out ISampler? sampler,
        out PosteriorRefusal refusal)
    {
        (sampler, refusal) = Read(kind, canonicalBytes);
        return sampler is not null;
    }

    /// <summary>
    /// The same of a posterior that an epoch is to begin with: refused too where no events lead a sampler of that kind
    /// to it, though its numbers can be decided with.
    /// </summary>
    public static bool TryBegin(
        SamplerKind kind,
        ReadOnlySpan<byte> canonicalBytes,
        [NotNullWhen(true)] out ISampler? sampler,
        out PosteriorRefusal refusal)
    {
        if (!TryRead(kind, canonicalBytes, out sampler, out refusal)) return false;
        if (sampler is not FactoredSampler { IsReachable: false }) return true;
        (sampler, refusal) = (null, PosteriorRefusal.Value);
        return false;
    }

    /// <summary>Whether samplers of that kind look at the surroundings, which are then recorded.</summary>
    public static bool UsesSurroundings(this SamplerKind kind) =>
        kind is SamplerKind.Factored or SamplerKind.FactoredFloor;

    /// <summary>A new array of the canonical bytes.</summary>
    public static byte[] CanonicalBytes(this ISampler sampler)
    {
        var bytes = new byte[sampler.CanonicalLength];
        sampler.WriteCanonical(bytes);
        return bytes;
    }

    private static (ISampler? Sampler, PosteriorRefusal Refusal) Read(SamplerKind kind, ReadOnlySpan<byte> bytes)
    {
        switch (kind)
        {
            case SamplerKind.BetaThompson:
                var whyNot = BetaThompsonSampler.TryRead(bytes, out var counts);
                return (counts, whyNot);
            case SamplerKind.Factored or SamplerKind.FactoredFloor:
                var terms = kind == SamplerKind.Factored ? FactoredTerms.Profit : FactoredTerms.Floor;
                var refusal = FactoredSampler.TryRead(terms, bytes, out var factored);
                return (factored, refusal);
            default:
                return (null, PosteriorRefusal.UnknownKind);
        }
    }
}
