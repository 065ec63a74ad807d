using System.Collections.Immutable;
using Mev.Adapters.Solana.Signing;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;

namespace Mev.DevHost;

/// <summary>The platform's wallets and the signer that holds their keys until the host ends.</summary>
internal sealed class PlatformWallets : IDisposable
{
    public PlatformWallets(IReadOnlyList<SigningKey> keys)
    {
        Addresses = [.. keys.Select(key => key.Address)];
        Signer = new GuardedSigner(keys);
    }

    /// <summary>All of them; the first one pays.</summary>
    public ImmutableArray<Pubkey> Addresses { get; }

    public GuardedSigner Signer { get; }

    public void Dispose() => Signer.Dispose();
}
