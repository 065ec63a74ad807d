using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Signing.Rules;

/// <summary>
/// Rule 2: at most one foreign transaction, in the bytes that were observed. That it stands first is what
/// <see cref="NoOwnBeforeForeignRule"/> asks: so neither rule makes the other idle.
/// </summary>
internal static class OneForeignRule
{
    /// <summary>Why it refuses; none when it does not.</summary>
    public static string? Refusal(DecodedBundle bundle)
    {
        var foreign = bundle.Foreign.ToList();
        if (foreign.Count > 1) return $"{foreign.Count} foreign transactions";
        if (foreign.Count == 0) return null;
        if (!foreign[0].Part.IsObserved) return "the foreign transaction has no signatures";
        return bundle.Request.Intent.Foreign == Digest.Of(foreign[0].Part.Bytes.Span)
            ? null
            : "the foreign transaction has other bytes than those observed";
    }
}
