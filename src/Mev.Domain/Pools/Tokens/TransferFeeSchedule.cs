namespace Mev.Domain.Pools.Tokens;

/// <summary>The two transfer fees of a mint: the newer one holds from its epoch on. The default is no fee.</summary>
/// <param name="Older">Fee before <paramref name="NewerEpoch"/>.</param>
/// <param name="Newer">Fee from <paramref name="NewerEpoch"/> on.</param>
/// <param name="NewerEpoch">First epoch of the newer fee.</param>
public readonly record struct TransferFeeSchedule(TransferFee Older, TransferFee Newer, ulong NewerEpoch)
{
    /// <summary>A transfer may cost something in some epoch.</summary>
    public bool HasFee => Older.BasisPoints != 0 || Newer.BasisPoints != 0;

    /// <summary>A transfer may cost something in that epoch or a later one.</summary>
    public bool HasFeeFrom(ulong epoch) =>
        Newer.BasisPoints != 0 || (Older.BasisPoints != 0 && epoch < NewerEpoch);

    /// <summary>The fee in an epoch.</summary>
    public TransferFee At(ulong epoch) => epoch >= NewerEpoch ? Newer : Older;
}
