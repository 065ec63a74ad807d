using System.Globalization;
using Orleans;

namespace Mev.Domain.Chain;

/// <summary>A Solana slot number (about 400 ms each). Never a time.</summary>
[GenerateSerializer, Immutable, Alias("mev.slot")]
public readonly record struct Slot([property: Id(0)] ulong Value) : IComparable<Slot>
{
    /// <summary>
    /// The last one that is taken from outside: far behind any of the chain, and far from where numbers of slots end.
    /// </summary>
    public static Slot Max { get; } = new(1UL << 62);

    /// <summary>The slot that many after this one.</summary>
    public Slot Plus(int slots) => new(checked(Value + (ulong)slots));

    /// <summary>Slots from an earlier one to this one; 0 where that one is not earlier.</summary>
    public long Since(Slot earlier) => Value > earlier.Value ? checked((long)(Value - earlier.Value)) : 0;

    /// <inheritdoc/>
    public int CompareTo(Slot other) => Value.CompareTo(other.Value);

    /// <summary>Earlier than.</summary>
    public static bool operator <(Slot left, Slot right) => left.Value < right.Value;

    /// <summary>Later than.</summary>
    public static bool operator >(Slot left, Slot right) => left.Value > right.Value;

    /// <summary>Not later than.</summary>
    public static bool operator <=(Slot left, Slot right) => left.Value <= right.Value;

    /// <summary>Not earlier than.</summary>
    public static bool operator >=(Slot left, Slot right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
