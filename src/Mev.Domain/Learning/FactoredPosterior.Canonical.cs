using System.Buffers.Binary;

namespace Mev.Domain.Learning;

/// <content>
/// Canonical bytes, little-endian: version u16, time of the last update i64, then f64: means, covariance (lower
/// triangle by rows), residual variance, counts in and below each bin, in time, survival, value error, dual.
/// </content>
internal sealed partial class FactoredPosterior
{
    public const ushort Version = 1;

    public const int CanonicalBytesLength = NumbersFrom + NumbersCount * sizeof(double);

    private const int NumbersFrom = sizeof(ushort) + sizeof(long);
    private const int NumbersCount = 143;
    private const double CountMax = 9007199254740992.0; // 2^53: above it a double no longer counts by ones

    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(destination, Version);
        BinaryPrimitives.WriteInt64LittleEndian(destination[sizeof(ushort)..], LastMs);
        var rest = destination[NumbersFrom..];
        foreach (var part in _beforeVariance) Put(ref rest, part);
        Put(ref rest, [Location.ResidualVariance]);
        foreach (var part in _afterVariance) Put(ref rest, part);
        Put(ref rest, [Dual]);
    }

    public static PosteriorRefusal TryRead(ReadOnlySpan<byte> bytes, out FactoredPosterior? posterior)
    {
        posterior = null;
        if (bytes.Length != CanonicalBytesLength) return PosteriorRefusal.Length;
        if (BinaryPrimitives.ReadUInt16LittleEndian(bytes) != Version) return PosteriorRefusal.Version;
        var read = new FactoredPosterior { LastMs = BinaryPrimitives.ReadInt64LittleEndian(bytes[sizeof(ushort)..]) };
        Span<double> one = stackalloc double[1];
        var rest = bytes[NumbersFrom..];
        foreach (var part in read._beforeVariance) Take(ref rest, part);
        Take(ref rest, one);
        read.Location.ResidualVariance = one[0];
        foreach (var part in read._afterVariance) Take(ref rest, part);
        Take(ref rest, one);
        read.Dual = one[0];
        if (!read.IsSound()) return PosteriorRefusal.Value;
        read.Location.Factorise();
        posterior = read;
        return PosteriorRefusal.None;
    }

    /// <summary>
    /// Whether its variances are at least what every update leaves. One that was recorded before that was asked for may
    /// have lower ones, and is read.
    /// </summary>
    public bool KeepsVarianceFloors =>
        Location.ResidualVariance >= LocationLaw.ResidualVarianceMin
        && ValueError.Variance is [>= ValueErrorLaw.VarianceMin, >= ValueErrorLaw.VarianceMin];

    /// <summary>Within the bounds that decisions need.</summary>
    private bool IsSound()
    {
        foreach (var part in _beforeVariance)
            if (!All(part, double.NegativeInfinity, double.PositiveInfinity)) return false;
        for (var i = 0; i < LocationLaw.Length; i++)
            if (!(Location.Covariance[LocationLaw.At(i, i)] > 0.0)) return false;
        if (LastMs < 0) return false;
        var isCounted = All(Residual.In, 0.0, CountMax) && All(Residual.Below, 0.0, CountMax)
            && All(InTime.Successes, 0.0, CountMax) && All(InTime.Failures, 0.0, CountMax)
            && All(Survival.Successes, 0.0, CountMax) && All(Survival.Failures, 0.0, CountMax);
        return isCounted
            && Location.ResidualVariance is > 0.0 and <= LocationLaw.ResidualVarianceMax
            && All(ValueError.Mean, double.NegativeInfinity, double.PositiveInfinity)
            && All(ValueError.Variance, 0.0, ValueErrorLaw.VarianceMax)
            && All(ValueError.Weight, 0.0, ValueErrorLaw.WeightMax)
            && Dual is >= 0.0 and <= DualMax;
    }

    /// <summary>Finite, above one bound and at most the other.</summary>
    private static bool All(ReadOnlySpan<double> values, double above, double most)
    {
        foreach (var value in values)
            if (!(double.IsFinite(value) && value > above && value <= most)) return false;
        return true;
    }

    private static void Put(ref Span<byte> rest, scoped ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(rest, value);
            rest = rest[sizeof(double)..];
        }
    }

    private static void Take(ref ReadOnlySpan<byte> rest, scoped Span<double> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadDoubleLittleEndian(rest);
            rest = rest[sizeof(double)..];
        }
    }
}
