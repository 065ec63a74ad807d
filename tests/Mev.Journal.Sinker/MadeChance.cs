using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Mev.Domain.Chain;

namespace Mev.Journal.Sinker;

/// <summary>Numbers that follow from a name: the same in every process.</summary>
public readonly struct MadeChance
{
    private readonly byte[] _bytes;

    public MadeChance(string name) => _bytes = SHA256.HashData(Encoding.UTF8.GetBytes(name));

    /// <summary>All of it, as an id.</summary>
    public Digest Digest => new(_bytes);

    /// <summary>A number from 0 to below <paramref name="bound"/>; there are eight independent ones.</summary>
    public int Of(int place, int bound) =>
        (int)(BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(place * sizeof(uint))) % (uint)bound);
}
