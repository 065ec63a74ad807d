using System.Collections.Immutable;
using Orleans;

namespace Mev.Domain.Bundles;

/// <summary>What a transaction changed token accounts by, each once; equal when they hold the same in order.</summary>
[GenerateSerializer, Immutable, Alias("mev.token-changes")]
public readonly struct TokenChanges(ImmutableArray<TokenChange> items) : IEquatable<TokenChanges>
{
    [Id(0)] private readonly ImmutableArray<TokenChange> _items = items;

    /// <summary>The accounts that changed; those that did not are left out.</summary>
    public ImmutableArray<TokenChange> Items => _items.IsDefault ? [] : _items;

    /// <summary>Both hold the same.</summary>
    public static bool operator ==(TokenChanges one, TokenChanges other) => one.Equals(other);

    /// <summary>They differ.</summary>
    public static bool operator !=(TokenChanges one, TokenChanges other) => !one.Equals(other);

    /// <inheritdoc/>
    public bool Equals(TokenChanges other) => Items.AsSpan().SequenceEqual(other.Items.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TokenChanges other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Items.Length == 0 ? 0 : HashCode.Combine(Items.Length, Items[0]);
}
