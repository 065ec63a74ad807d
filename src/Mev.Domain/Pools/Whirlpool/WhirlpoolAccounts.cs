using Mev.Domain.Chain;
using Mev.Domain.Pools.ConcentratedLiquidity;

namespace Mev.Domain.Pools.Whirlpool;

/// <summary>
/// The accounts of one Whirlpool: the pool account in the first place, the mints that it names, and tick arrays as they
/// appear.
/// </summary>
internal sealed class WhirlpoolAccounts(PoolId id) : TickArrayAccounts<WhirlpoolTickArray>(id, ArraysMax + 3)
{
    /// <summary>Tick arrays that one pool can have: all legal starts at a spacing of 1. More are ignored.</summary>
    public const int ArraysMax = 2 * TickMath.TickMax / WhirlpoolLayout.TicksPerArray + 2;

    private const int A = 0; // numbers of the named accounts
    private const int B = 1;

    /// <summary>The account of mint A, once named.</summary>
    public PoolAccount MintA => Named(A);

    /// <summary>The account of mint B, once named.</summary>
    public PoolAccount MintB => Named(B);

    /// <summary>The pool account, when it is one, names its mints; one that stays keeps its bytes.</summary>
    public void NameMints()
    {
        if (Pool.Owner != Programs.Whirlpool || !WhirlpoolLayout.IsPool(Pool.Data)) return;
        Name(A, new Pubkey(Pool.Data[WhirlpoolLayout.MintA..]));
        Name(B, new Pubkey(Pool.Data[WhirlpoolLayout.MintB..]));
    }

    /// <summary>
    /// Lists the ticks of all fixed arrays ascending and the starts of the dynamic ones, in new arrays because copies
    /// share them; the defect is that of the first array that has one.
    /// </summary>
    public PoolDefect Prepare(out InitialisedTick[] ticks, out int[] dynamicStarts)
    {
        var arrays = InOrder();
        ticks = arrays.Where(array => !array.IsDynamic).SelectMany(array => array.Ticks).ToArray();
        dynamicStarts = arrays.Where(array => array.IsDynamic).Select(array => array.Start).ToArray();
        return DefectOf(arrays);
    }

    /// <inheritdoc/>
    protected override bool IsPart(in AccountWrite write) =>
        WhirlpoolLayout.TryPoolOfArray(write.Data.Span, out var pool)
        && pool == Id.Address && write.Owner == Programs.Whirlpool;

    /// <inheritdoc/>
    protected override WhirlpoolTickArray Decode(PoolAccount account, int spacing, WhirlpoolTickArray? previous) =>
        WhirlpoolTickArray.Decode(account, Id, spacing, previous);
}
