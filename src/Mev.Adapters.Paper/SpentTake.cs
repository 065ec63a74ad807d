using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Adapters.Paper;

/// <summary>What a paid cycle swapped at one of its pools.</summary>
internal sealed class SpentTake(PoolId pool, SwapDirection direction)
{
    /// <summary>The pool.</summary>
    public PoolId Pool { get; } = pool;

    /// <summary>The direction.</summary>
    public SwapDirection Direction { get; } = direction;

    /// <summary>What went in, all landings of the cycle together; at most 2^64-1.</summary>
    public TokenAmount AmountIn { get; private set; }

    /// <summary>The feed's bytes have won over it: the pool shows a state in which it was not taken.</summary>
    public bool IsUndone { get; set; }

    /// <summary>Adds a landing.</summary>
    public void Add(TokenAmount amountIn) =>
        AmountIn = new TokenAmount(AmountIn.Units + Math.Min(amountIn.Units, ulong.MaxValue - AmountIn.Units));
}
