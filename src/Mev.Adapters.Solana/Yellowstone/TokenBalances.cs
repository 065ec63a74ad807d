using System.Collections.Immutable;
using System.Globalization;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>Gathers the token accounts of a transaction, each once, from what is told of before and after.</summary>
internal sealed class TokenBalances(ImmutableArray<Pubkey> accounts)
{
    private readonly SortedDictionary<int, ObservedTokens> _byPlace = [];

    /// <summary>Them all, by their place among the accounts.</summary>
    public ImmutableArray<ObservedTokens> All => [.. _byPlace.Values];

    /// <summary>Takes a balance as it is told; false where it cannot be one.</summary>
    /// <param name="place">The account's place.</param>
    /// <param name="mint">Base58.</param>
    /// <param name="owner">Base58.</param>
    /// <param name="units">Decimal.</param>
    /// <param name="isAfter">After the transaction, else before it.</param>
    public bool TryAdd(long place, string? mint, string? owner, string? units, bool isAfter)
    {
        if (place < 0 || place >= accounts.Length) return false;
        if (!Pubkey.TryParse(mint, out var mintKey) || !Pubkey.TryParse(owner, out var ownerKey)) return false;
        if (!ulong.TryParse(units, NumberStyles.None, CultureInfo.InvariantCulture, out var held)) return false;
        var known = _byPlace.GetValueOrDefault((int)place);
        _byPlace[(int)place] = new ObservedTokens(
            accounts[(int)place], mintKey, ownerKey,
            isAfter ? known.Before : held, isAfter ? held : known.After);
        return true;
    }
}
