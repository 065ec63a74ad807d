using Mev.Domain.Chain;
using Mev.Domain.Opportunities;

namespace Mev.Adapters.Paper;

/// <summary>The transaction signature under which a paper landing appears: derived from the opportunity.</summary>
public static class PaperSignature
{
    /// <summary>The opportunity id, followed by SHA-256("mev-paper-v1", 0, id).</summary>
    public static TransactionSignature Of(OpportunityId opportunity)
    {
        var domain = "mev-paper-v1\0"u8;
        Span<byte> hashed = stackalloc byte[domain.Length + Digest.Length];
        domain.CopyTo(hashed);
        opportunity.Value.CopyTo(hashed[domain.Length..]);
        Span<byte> signature = stackalloc byte[TransactionSignature.Length];
        opportunity.Value.CopyTo(signature);
        Digest.Of(hashed).CopyTo(signature[Digest.Length..]);
        return TransactionSignature.From(signature);
    }
}
