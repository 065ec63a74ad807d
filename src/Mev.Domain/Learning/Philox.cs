namespace Mev.Domain.Learning;

/// <summary>
/// Philox4x32-10, a counter-based generator: a pure function of key and counter, so a draw can be repeated alone, in
/// any order and on any machine. Constants: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3".
/// </summary>
public static class Philox
{
    private const ulong Multiplier0 = 0xD2511F53;
    private const ulong Multiplier1 = 0xCD9E8D57;
    private const uint KeyStep0 = 0x9E3779B9;
    private const uint KeyStep1 = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>
    /// The 128 bits for one counter: output words 0 and 1 in <c>First</c>, 2 and 3 in <c>Second</c>, the lower word in
    /// the lower half.
    /// </summary>
    /// <param name="key">Key words 0 (lower half) and 1.</param>
    /// <param name="low">Counter words 0 (lower half) and 1.</param>
    /// <param name="high">Counter words 2 (lower half) and 3.</param>
    public static (ulong First, ulong Second) Block(RandomKey key, ulong low, ulong high)
    {
        unchecked // words are cut out of 64-bit products and keys step modulo 2^32
        {
            var key0 = (uint)key.Value;
            var key1 = (uint)(key.Value >> 32);
            var word0 = (uint)low;
            var word1 = (uint)(low >> 32);
            var word2 = (uint)high;
            var word3 = (uint)(high >> 32);
            for (var round = 0; round < Rounds; round++)
            {
                var product0 = Multiplier0 * word0;
                var product1 = Multiplier1 * word2;
                word0 = (uint)(product1 >> 32) ^ word1 ^ key0;
                word1 = (uint)product1;
                word2 = (uint)(product0 >> 32) ^ word3 ^ key1;
                word3 = (uint)product0;
                key0 += KeyStep0;
                key1 += KeyStep1;
            }
            return (word0 | (ulong)word1 << 32, word2 | (ulong)word3 << 32);
        }
    }
}
