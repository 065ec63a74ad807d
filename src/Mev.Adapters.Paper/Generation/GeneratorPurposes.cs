namespace Mev.Adapters.Paper.Generation;

/// <summary>
/// What the generator's random numbers are for. They belong to a key of the generator's own, so they never meet the
/// numbers of a strategy.
/// </summary>
internal static class GeneratorPurposes
{
    /// <summary>Value of a mint; the sequence is the mint's number.</summary>
    public const uint Mint = 0x710;

    /// <summary>Mints, depth, price and fee of a pool; the sequence is the pool's number.</summary>
    public const uint Pool = 0x711;

    /// <summary>Positions of a Whirlpool; the sequence is the pool's number.</summary>
    public const uint Positions = 0x712;

    /// <summary>Pool, side and size of an order; the sequence is the attempt's number.</summary>
    public const uint Order = 0x713;

    /// <summary>Signature of a transaction; the sequence is its number.</summary>
    public const uint Signature = 0x714;
}
