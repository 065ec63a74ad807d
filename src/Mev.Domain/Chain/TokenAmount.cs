using System.Globalization;
using Orleans;

namespace Mev.Domain.Chain;

/// <summary>An amount of one mint in its smallest units, 0 to 2^64-1. Which mint is said beside it.</summary>
[GenerateSerializer, Immutable, Alias("mev.token-amount")]
public readonly record struct TokenAmount([property: Id(0)] ulong Units) : IComparable<TokenAmount>
{
    /// <inheritdoc/>
    public int CompareTo(TokenAmount other) => Units.CompareTo(other.Units);

    /// <inheritdoc/>
    public override string ToString() => Units.ToString(CultureInfo.InvariantCulture);
}
