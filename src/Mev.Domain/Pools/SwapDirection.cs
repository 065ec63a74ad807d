namespace Mev.Domain.Pools;

/// <summary>
/// Which of a pool's two mints goes in. The values are those of the cycle hash, so they never change.
/// </summary>
public enum SwapDirection : byte
{
    /// <summary>Mint A (coin, token 0) in, mint B (pc, token 1) out.</summary>
    AToB = 0,

    /// <summary>Mint B in, mint A out.</summary>
    BToA = 1,
}
