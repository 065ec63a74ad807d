using System.Globalization;
using Orleans;

namespace Mev.Domain.Chain;

/// <summary>
/// An amount of SOL or WSOL in lamports (10^-9 SOL). Signed: a profit may be a loss. Arithmetic is checked.
/// </summary>
[GenerateSerializer, Immutable, Alias("mev.lamports")]
public readonly record struct Lamports([property: Id(0)] long Value) : IComparable<Lamports>
{
    /// <summary>None.</summary>
    public static Lamports Zero => default;

    /// <summary>
    /// That many basis points (1/10,000) of a non-negative amount, rounded down; exact for every value.
    /// </summary>
    public Lamports Share(int basisPoints) => new(checked((long)((Int128)Value * basisPoints / 10_000)));

    /// <inheritdoc/>
    public int CompareTo(Lamports other) => Value.CompareTo(other.Value);

    /// <summary>Sum.</summary>
    public static Lamports operator +(Lamports left, Lamports right) => new(checked(left.Value + right.Value));

    /// <summary>Difference.</summary>
    public static Lamports operator -(Lamports left, Lamports right) => new(checked(left.Value - right.Value));

    /// <summary>Less than.</summary>
    public static bool operator <(Lamports left, Lamports right) => left.Value < right.Value;

    /// <summary>More than.</summary>
    public static bool operator >(Lamports left, Lamports right) => left.Value > right.Value;

    /// <summary>At most.</summary>
    public static bool operator <=(Lamports left, Lamports right) => left.Value <= right.Value;

    /// <summary>At least.</summary>
    public static bool operator >=(Lamports left, Lamports right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
