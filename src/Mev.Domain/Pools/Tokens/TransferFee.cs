namespace Mev.Domain.Pools.Tokens;

/// <summary>A Token-2022 fee on transfers, kept back from what the receiver gets.</summary>
/// <param name="Maximum">Most that one transfer pays, units of the mint.</param>
/// <param name="BasisPoints">Share of the amount in 1/10,000, rounded up; 0 to 10,000.</param>
public readonly record struct TransferFee(ulong Maximum, ushort BasisPoints)
{
    /// <summary>The whole, in basis points.</summary>
    public const ushort Whole = 10_000;

    /// <summary>The fee of a transfer of <paramref name="amount"/>.</summary>
    public ulong Of(ulong amount)
    {
        if (BasisPoints == 0) return 0;
        var (wholes, rest) = Math.DivRem(amount, Whole);
        return Math.Min(Maximum, wholes * BasisPoints + (rest * BasisPoints + Whole - 1) / Whole);
    }

    /// <summary>
    /// What must be sent so that <paramref name="net"/> arrives, as the programs work it out.
    /// <see cref="QuoteError.Overflow"/> when it exceeds u64; <see cref="QuoteError.NotQuotable"/> in the rare case in
    /// which the fee of that amount is not the fee that was added, where programs differ.
    /// </summary>
    public QuoteError Gross(ulong net, out ulong gross)
    {
        gross = net;
        if (BasisPoints == 0 || net == 0) return QuoteError.None;
        if (!TryFeeOn(net, out var fee) || fee > ulong.MaxValue - net) return QuoteError.Overflow;
        gross = net + fee;
        return Of(gross) == fee ? QuoteError.None : QuoteError.NotQuotable;
    }

    private bool TryFeeOn(ulong net, out ulong fee)
    {
        fee = Maximum;
        if (BasisPoints == Whole) return true;
        var share = (uint)(Whole - BasisPoints);
        var candidate = ((UInt128)net * Whole + share - 1) / share;
        if (candidate - net >= Maximum) return true;
        if (candidate > ulong.MaxValue) return false;
        fee = Of((ulong)candidate);
        return true;
    }
}
