using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Mev.Domain.Chain;

/// <summary>A lookup table as a message may use it now. Two of the same key and addresses are equal.</summary>
/// <param name="Key">The table's account.</param>
/// <param name="Addresses">Its usable addresses, at most 256, by place.</param>
public sealed record LookupTable(Pubkey Key, ImmutableArray<Pubkey> Addresses)
{
    private FrozenDictionary<Pubkey, int>? _places; // made when first asked for: most tables serve many messages

    private LookupTable(LookupTable original) => (Key, Addresses) = (original.Key, original.Addresses);

    /// <summary>The first place of an address; null when the table does not have it. From any thread.</summary>
    public int? PlaceOf(Pubkey address) =>
        (_places ??= Places()).TryGetValue(address, out var place) ? place : null;

    /// <inheritdoc/>
    public bool Equals(LookupTable? other) =>
        other is not null && Key == other.Key && Addresses.AsSpan().SequenceEqual(other.Addresses.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Key, Addresses.Length);

    private FrozenDictionary<Pubkey, int> Places()
    {
        var places = new Dictionary<Pubkey, int>(Addresses.Length);
        foreach (var (place, address) in Addresses.Index()) places.TryAdd(address, place);
        return places.ToFrozenDictionary();
    }
}
