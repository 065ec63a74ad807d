using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Adapters.Solana.Recordings;

/// <summary>One swap instruction of a recorded day.</summary>
public sealed record RecordedSwap
{
    /// <summary>Index of its transaction in the block.</summary>
    public required int TransactionIndex { get; init; }

    /// <summary>Its transaction.</summary>
    public required TransactionSignature Signature { get; init; }

    /// <summary>The pool.</summary>
    public required PoolId Pool { get; init; }

    /// <summary>The direction.</summary>
    public required SwapDirection Direction { get; init; }

    /// <summary>What the amount specifies: the input when true, else the output.</summary>
    public required bool IsExactIn { get; init; }

    /// <summary>The specified amount.</summary>
    public required TokenAmount Amount { get; init; }

    /// <summary>What the swap took on the chain.</summary>
    public required TokenAmount AmountIn { get; init; }

    /// <summary>What it gave.</summary>
    public required TokenAmount AmountOut { get; init; }
}
