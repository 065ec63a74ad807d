using Mev.Domain.Chain;

namespace Mev.Domain.Pools.ConstantProduct;

/// <summary>
/// A pool of two vaults whose product of reserves never falls and whose program swaps for a wanted output too.
/// </summary>
public abstract class ConstantProductPool(PoolId id, Protocol protocol, int accountsMax)
    : NamedAccountsPool(id, protocol, accountsMax)
{
    /// <summary>Units of mint A that swaps count on: the vault less what is owed. 0 while defective.</summary>
    public abstract TokenAmount ReserveA { get; }

    /// <summary>Units of mint B that swaps count on. 0 while defective.</summary>
    public abstract TokenAmount ReserveB { get; }

    /// <inheritdoc/>
    public sealed override Quote Execute(
        SwapDirection direction, TokenAmount amountIn, in ChainClock clock, ulong writeVersion) =>
        ExecuteSwap(direction, amountIn, isExactIn: true, clock, writeVersion);

    /// <summary>The same as <see cref="Execute"/> for a wanted output.</summary>
    public Quote ExecuteExactOut(
        SwapDirection direction, TokenAmount amountOut, in ChainClock clock, ulong writeVersion) =>
        ExecuteSwap(direction, amountOut, isExactIn: false, clock, writeVersion);

    /// <summary>Executes a swap on the bytes; on an error nothing changes.</summary>
    protected abstract Quote ExecuteSwap(
        SwapDirection direction, TokenAmount amount, bool isExactIn, in ChainClock clock, ulong writeVersion);
}
