using Mev.Domain.Pools.Tokens;

namespace Mev.Domain.Pools.RaydiumCpmm;

/// <summary>What the accounts of a pool say beside its two sides, as far as swaps need it.</summary>
internal readonly record struct RaydiumCpmmState
{
    /// <summary>Fee rates.</summary>
    public RaydiumCpmmFees Fees { get; init; }

    /// <summary>Any of the two mints takes a fee on transfers in some epoch.</summary>
    public bool HasTransferFee { get; init; }

    /// <summary>Transfer fees of mint A.</summary>
    public TransferFeeSchedule TransferFeeA { get; init; }

    /// <summary>Transfer fees of mint B.</summary>
    public TransferFeeSchedule TransferFeeB { get; init; }

    /// <summary>Offset of the withheld transfer fees in vault A; 0 when it has none.</summary>
    public int WithheldOffsetA { get; init; }

    /// <summary>The same in vault B.</summary>
    public int WithheldOffsetB { get; init; }

    /// <summary>The transfer fees of what goes in and of what comes out, in this epoch.</summary>
    public (TransferFee In, TransferFee Out) TransferFees(SwapDirection direction, ulong epoch)
    {
        if (!HasTransferFee) return default;
        var (a, b) = (TransferFeeA.At(epoch), TransferFeeB.At(epoch));
        return direction == SwapDirection.AToB ? (a, b) : (b, a);
    }
}
