using System.Buffers.Binary;

namespace Mev.Domain.Learning;

/// <content>Canonical bytes: version u16, then successes f64 and failures f64 of each arm, little-endian.</content>
public sealed partial class BetaThompsonSampler
{
    /// <summary>First two bytes of the canonical form.</summary>
    public const ushort Version = 1;

    /// <summary>Length of the canonical form.</summary>
    public const int CanonicalBytesLength = sizeof(ushort) + BetaArms.Count * PairBytes;

    private const int PairBytes = 2 * sizeof(double);

    /// <inheritdoc/>
    public int CanonicalLength => CanonicalBytesLength;

    /// <inheritdoc/>
    public PosteriorId Id
    {
        get
        {
            if (_id is { } known) return known;
            Span<byte> bytes = stackalloc byte[CanonicalBytesLength];
            WriteCanonical(bytes);
            var id = PosteriorId.Of(bytes);
            _id = id;
            return id;
        }
    }

    /// <inheritdoc/>
    public void WriteCanonical(Span<byte> destination)
    {
        if (destination.Length < CanonicalBytesLength)
            throw new ArgumentException($"{destination.Length} bytes of {CanonicalBytesLength}", nameof(destination));
        BinaryPrimitives.WriteUInt16LittleEndian(destination, Version);
        for (var arm = 0; arm < BetaArms.Count; arm++)
        {
            var pair = destination.Slice(sizeof(ushort) + arm * PairBytes, PairBytes);
            BinaryPrimitives.WriteDoubleLittleEndian(pair, _successes[arm].Shape);
            BinaryPrimitives.WriteDoubleLittleEndian(pair[sizeof(double)..], _failures[arm].Shape);
        }
    }

    internal static PosteriorRefusal TryRead(ReadOnlySpan<byte> bytes, out BetaThompsonSampler? sampler)
    {
        sampler = null;
        if (bytes.Length != CanonicalBytesLength) return PosteriorRefusal.Length;
        if (BinaryPrimitives.ReadUInt16LittleEndian(bytes) != Version) return PosteriorRefusal.Version;
        var read = new BetaThompsonSampler();
        for (var arm = 0; arm < BetaArms.Count; arm++)
        {
            var pair = bytes.Slice(sizeof(ushort) + arm * PairBytes, PairBytes);
            var successes = BinaryPrimitives.ReadDoubleLittleEndian(pair);
            var failures = BinaryPrimitives.ReadDoubleLittleEndian(pair[sizeof(double)..]);
            if (!IsCount(successes) || !IsCount(failures)) return PosteriorRefusal.Value;
            read._successes[arm] = new GammaLaw(successes);
            read._failures[arm] = new GammaLaw(failures);
        }
        sampler = read;
        return PosteriorRefusal.None;
    }

    private static bool IsCount(double value) =>
        value >= PriorCount && value <= CountMax && Math.Floor(value) == value;
}
