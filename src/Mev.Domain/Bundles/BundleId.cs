using System.Text;
using Mev.Domain.Chain;

namespace Mev.Domain.Bundles;

/// <summary>
/// What the block engine calls a bundle: SHA-256 over the first signatures of its transactions, as base58 with commas
/// between (specs: block engine, bundle id). Computed before sending, so that a retry is known for one.
/// </summary>
public readonly record struct BundleId(Digest Value)
{
    /// <summary>The id of a bundle whose transactions have these first signatures, in their order.</summary>
    public static BundleId Of(IEnumerable<TransactionSignature> signatures) =>
        new(Digest.Of(Encoding.ASCII.GetBytes(string.Join(',', signatures))));

    /// <summary>Reads 64 hex digits; false otherwise.</summary>
    public static bool TryParse(string? text, out BundleId id)
    {
        var isId = Digest.TryParse(text, out var digest);
        id = new BundleId(digest);
        return isId;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
