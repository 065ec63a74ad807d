using Mev.Domain.Chain;
using Mev.Domain.Signing;

namespace Mev.Adapters.Solana.Signing.Rules;

/// <summary>Rule 13: the live mode is for mainnet and no other mode is; a chain that is not known is neither.</summary>
internal static class NetworkRule
{
    /// <summary>Why it refuses; none when it does not.</summary>
    public static string? Refusal(DecodedBundle bundle) => Refusal(bundle.Request.Network);

    /// <summary>The same for whatever else is signed.</summary>
    public static string? Refusal(SigningNetwork network)
    {
        if (network.GenesisHash is not { } hash) return "the chain is not known";
        if (network.IsLive == (hash == Genesis.Mainnet)) return null;
        return network.IsLive ? "the mode is live and the chain is not mainnet" : "the chain is mainnet";
    }
}
