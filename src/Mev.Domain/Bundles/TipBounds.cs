using Mev.Domain.Chain;

namespace Mev.Domain.Bundles;

/// <summary>What the signer lets a tip be beside the policy's cap, so that no decision asks for more.</summary>
/// <param name="Max">Largest tip, lamports; the largest number for none.</param>
/// <param name="ShareMaxBasisPoints">Largest tip in basis points of the expected profit, 0 to 10,000.</param>
public readonly record struct TipBounds(Lamports Max, int ShareMaxBasisPoints)
{
    /// <summary>The largest tip of what is worth <paramref name="value"/>, not negative, before it.</summary>
    public Lamports Of(Lamports value)
    {
        var share = value.Share(ShareMaxBasisPoints);
        return share < Max ? share : Max;
    }
}
