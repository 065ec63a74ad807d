using Mev.Adapters.Solana.Instructions;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Bundles;

/// <summary>
/// Derived addresses that come again with every message: deriving one takes tens of microseconds. A cache alone: at its
/// bound it begins anew. For one caller at a time.
/// </summary>
public sealed class TokenAddresses
{
    private const int EntriesMax = 16_384;

    private readonly Dictionary<(Pubkey Wallet, Pubkey Mint, Pubkey Program), Pubkey> _accounts = [];
    private readonly Dictionary<(Pubkey Pool, int Place), Pubkey> _parts = [];

    /// <summary>The token account that a wallet has for a mint by derivation.</summary>
    public Pubkey Account(Pubkey wallet, Pubkey mint, Pubkey tokenProgram)
    {
        var key = (wallet, mint, tokenProgram);
        if (_accounts.TryGetValue(key, out var known)) return known;
        if (_accounts.Count == EntriesMax) _accounts.Clear();
        return _accounts[key] = AssociatedToken.Address(wallet, mint, tokenProgram);
    }

    /// <summary>What a pool has at a place (a tick array's start, say), derived once.</summary>
    internal Pubkey Part(Pubkey pool, int place, Func<Pubkey, int, Pubkey> derive)
    {
        if (_parts.TryGetValue((pool, place), out var known)) return known;
        if (_parts.Count == EntriesMax) _parts.Clear();
        return _parts[(pool, place)] = derive(pool, place);
    }
}
