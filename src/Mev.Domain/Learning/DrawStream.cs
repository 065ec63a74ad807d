using System.Buffers.Binary;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;

namespace Mev.Domain.Learning;

/// <summary>
/// Every random number of one strategy's decision on one opportunity. It holds no position: the same key, opportunity
/// and purpose give the same numbers, so a second activation and a replay draw what the first one drew.
/// </summary>
/// <param name="Key">The strategy's key.</param>
/// <param name="Sequence">Counter words 0 and 1: which opportunity.</param>
/// <param name="Repetition">0 for the decision itself, 1 to 256 for a repetition with other numbers.</param>
public readonly record struct DrawStream(RandomKey Key, ulong Sequence, int Repetition = 0)
{
    /// <summary>The stream of <paramref name="opportunity"/>: the first 8 bytes of its id, little-endian.</summary>
    public static DrawStream For(RandomKey key, OpportunityId opportunity)
    {
        Span<byte> bytes = stackalloc byte[Digest.Length];
        opportunity.Value.CopyTo(bytes);
        return new DrawStream(key, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
    }

    /// <summary>The numbers of one purpose (<see cref="DrawPurposes"/>), from the first.</summary>
    public Draws At(uint purpose) =>
        new(Key, Sequence, Repetition == 0 ? purpose : DrawPurposes.Redo(purpose, Repetition));
}
