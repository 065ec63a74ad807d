using Mev.Domain.Chain;
using Mev.Domain.Pools.ConcentratedLiquidity;

namespace Mev.Domain.Pools.RaydiumClmm;

/// <summary>
/// The accounts of one Raydium CLMM pool: the pool account in the first place, the config and the mints that it names,
/// and tick arrays and the bitmap extension as they appear.
/// </summary>
internal sealed class RaydiumClmmAccounts(PoolId id) : TickArrayAccounts<RaydiumClmmTickArray>(id, ArraysMax + 5)
{
    /// <summary>Tick arrays that one pool can have: all legal starts at a spacing of 1. More are ignored.</summary>
    public const int ArraysMax = 2 * RaydiumTickMath.TickMax / RaydiumClmmLayout.TicksPerArray + 2;

    private const int ConfigNumber = 0; // of the named accounts
    private const int MintANumber = 1;
    private const int MintBNumber = 2;

    private int _extension; // its place; 0 before it was seen

    /// <summary>The config, once named.</summary>
    public PoolAccount Config => Named(ConfigNumber);

    /// <summary>The account of mint A, once named.</summary>
    public PoolAccount MintA => Named(MintANumber);

    /// <summary>The account of mint B, once named.</summary>
    public PoolAccount MintB => Named(MintBNumber);

    /// <summary>The bitmap extension; null before it was seen.</summary>
    public PoolAccount? Extension => _extension == 0 ? null : this[_extension];

    /// <summary>The pool account, when it is one, names its config and mints; what stays keeps its bytes.</summary>
    public void NameParts()
    {
        var data = Pool.Data;
        if (Pool.Owner != Programs.RaydiumClmm || !RaydiumClmmLayout.IsPool(data)) return;
        Name(ConfigNumber, AccountBytes.Key(data, RaydiumClmmLayout.Config));
        Name(MintANumber, AccountBytes.Key(data, RaydiumClmmLayout.Mint0));
        Name(MintBNumber, AccountBytes.Key(data, RaydiumClmmLayout.Mint1));
    }

    /// <summary>
    /// Lists the ticks of all arrays that the bitmap marks and that can be walked, ascending, in a new array because
    /// copies share it; the defect is that of the first array that has one.
    /// </summary>
    public PoolDefect Prepare(RaydiumClmmBitmap bitmap, int span, out InitialisedTick[] ticks)
    {
        var arrays = InOrder();
        ticks = arrays
            .Where(array => array.Obstacle == PoolDefect.None && bitmap.Holds(array.Start / span))
            .SelectMany(array => array.Ticks).ToArray();
        return DefectOf(arrays);
    }

    /// <inheritdoc/>
    public override void CopyFrom(TickArrayAccounts<RaydiumClmmTickArray> other)
    {
        base.CopyFrom(other);
        _extension = ((RaydiumClmmAccounts)other)._extension;
    }

    /// <inheritdoc/>
    protected override bool IsPart(in AccountWrite write)
    {
        var data = write.Data.Span;
        return write.Owner == Programs.RaydiumClmm
            && RaydiumClmmLayout.TryPoolOfPart(data, out var pool) && pool == Id.Address
            && (_extension == 0 || !RaydiumClmmLayout.IsExtension(data));
    }

    /// <inheritdoc/>
    protected override void OnAdded(in AccountWrite write, int place)
    {
        if (RaydiumClmmLayout.IsExtension(write.Data.Span)) _extension = place;
    }

    /// <inheritdoc/>
    protected override bool IsArrayPlace(int place) => place != _extension && base.IsArrayPlace(place);

    /// <inheritdoc/>
    protected override RaydiumClmmTickArray Decode(
        PoolAccount account, int spacing, RaydiumClmmTickArray? previous) =>
        RaydiumClmmTickArray.Decode(account, Id, spacing, previous);
}
