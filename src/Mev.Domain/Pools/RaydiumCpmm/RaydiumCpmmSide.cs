using System.Runtime.CompilerServices;
using Mev.Domain.Pools.ConstantProduct;
using Mev.Domain.Pools.Tokens;

namespace Mev.Domain.Pools.RaydiumCpmm;

/// <summary>What a swap of one direction reads, prepared once per pool state.</summary>
/// <param name="ReserveIn">Reserve of the input mint, above 0.</param>
/// <param name="ReserveOut">Reserve of the output mint, above 0.</param>
/// <param name="VaultRoom">Most that the vault of the input mint can still take before it passes u64.</param>
/// <param name="WithheldRoom">The same of the transfer fees withheld in it.</param>
/// <param name="InputRate">Fee on the input in millionths, below a million.</param>
/// <param name="OutputRate">Creator's fee on the output in millionths, below a million.</param>
internal readonly record struct RaydiumCpmmSide(
    ulong ReserveIn, ulong ReserveOut, ulong VaultRoom, ulong WithheldRoom, uint InputRate, uint OutputRate)
{
    /// <summary>A swap of an input. Transfer fees are those of the epoch; the default is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public QuoteError ExactIn(ulong userIn, TransferFee feeIn, TransferFee feeOut, out RaydiumCpmmSwap swap)
    {
        swap = default;
        if (userIn == 0) return QuoteError.ZeroAmount;
        var withheld = feeIn.Of(userIn);
        var vaultIn = userIn - withheld;
        if (vaultIn == 0) return QuoteError.ZeroResult;
        if (vaultIn > VaultRoom || withheld > WithheldRoom) return QuoteError.Overflow;
        var fee = ShareMath.CeilingMillionths(vaultIn, InputRate);
        var swapped = vaultIn - fee;
        var output = ShareMath.Floor(ReserveOut, swapped, ReserveIn + swapped);
        var creatorOut = OutputRate == 0 ? 0 : ShareMath.CeilingMillionths(output, OutputRate);
        var vaultOut = output - creatorOut;
        var userOut = vaultOut - feeOut.Of(vaultOut);
        if (userOut == 0) return QuoteError.ZeroResult;
        swap = new RaydiumCpmmSwap(userIn, vaultIn, fee, vaultOut, creatorOut, userOut);
        return QuoteError.None;
    }

    /// <summary>A swap for a wanted net output.</summary>
    public QuoteError ExactOut(ulong userOut, TransferFee feeIn, TransferFee feeOut, out RaydiumCpmmSwap swap)
    {
        swap = default;
        if (userOut == 0) return QuoteError.ZeroAmount;
        var error = feeOut.Gross(userOut, out var vaultOut);
        if (error != QuoteError.None) return error;
        if (!TryBeforeFee(vaultOut, OutputRate, out var output) || output >= ReserveOut) return QuoteError.Overflow;
        if (!ShareMath.TryCeiling(ReserveIn, output, ReserveOut - output, out var swapped)) return QuoteError.Overflow;
        if (swapped == 0) return QuoteError.ZeroResult;
        if (!TryBeforeFee(swapped, InputRate, out var vaultIn)) return QuoteError.Overflow;
        error = feeIn.Gross(vaultIn, out var userIn);
        if (error != QuoteError.None) return error;
        if (vaultIn > VaultRoom || userIn - vaultIn > WithheldRoom) return QuoteError.Overflow;
        swap = new RaydiumCpmmSwap(userIn, vaultIn, vaultIn - swapped, vaultOut, output - vaultOut, userOut);
        return QuoteError.None;
    }

    private static bool TryBeforeFee(ulong net, uint rate, out ulong gross)
    {
        gross = net;
        return rate == 0 || ShareMath.TryCeiling(net, ShareMath.Million, ShareMath.Million - rate, out gross);
    }
}
