using Mev.Domain.Chain;
using Mev.Domain.Pools.Tokens;

namespace Mev.Domain.Pools.MeteoraDlmm;

/// <summary>
/// What a quote reads beside the bins: the decoded fields of the pair account, the transfer fees of its mints, and the
/// bin arrays ahead in either direction. A value, so a copy of a pool copies it whole.
/// </summary>
internal struct MeteoraDlmmState
{
    private const byte PermissionedPair = 1; // only named wallets swap before its activation; no vector proves it
    private const byte PairTypeMax = 3;
    private const byte UndeterminedFunction = 0;
    private const byte LimitOrderFunction = 2;

    public MeteoraDlmmFees Fees;
    public int ActiveBin;
    public int BinMin;
    public int BinMax;
    public uint Accumulator;
    public uint Reference;
    public int IndexReference;
    public long LastUpdate;
    public uint AccumulatorMax;
    public ushort FilterPeriod;
    public ushort DecayPeriod;
    public ushort ReductionFactor;
    public ushort ProtocolShare;
    public bool DoOrdersCount;
    public bool IsFeeAlwaysY;
    public Activation Activation;
    public TransferFeeSchedule TransferFeeX;
    public TransferFeeSchedule TransferFeeY;

    /// <summary>The arrays of a swap from X to Y.</summary>
    public BinWindow Down;

    /// <summary>The arrays of a swap from Y to X.</summary>
    public BinWindow Up;

    /// <summary>Index of the array that holds the active bin.</summary>
    public readonly int ActiveArray => ArrayOf(ActiveBin);

    /// <summary>A transfer may cost something in some epoch.</summary>
    public readonly bool HasTransferFee => TransferFeeX.HasFee || TransferFeeY.HasFee;

    /// <summary>Index of the array that holds a bin.</summary>
    public static int ArrayOf(int bin) =>
        bin >= 0 ? bin / MeteoraDlmmLayout.BinsPerArray : (bin + 1) / MeteoraDlmmLayout.BinsPerArray - 1;

    /// <summary>Decodes the fields of a pair account of the right layout; the defect says whether they hold.</summary>
    public PoolDefect DecodePair(ReadOnlySpan<byte> pair)
    {
        var arePowersPossible = MeteoraDlmmFees.TryRead(pair, out Fees);
        ActiveBin = AccountBytes.I32(pair, MeteoraDlmmLayout.ActiveBin);
        BinMin = AccountBytes.I32(pair, MeteoraDlmmLayout.BinMin);
        BinMax = AccountBytes.I32(pair, MeteoraDlmmLayout.BinMax);
        Accumulator = AccountBytes.U32(pair, MeteoraDlmmLayout.Accumulator);
        Reference = AccountBytes.U32(pair, MeteoraDlmmLayout.Reference);
        IndexReference = AccountBytes.I32(pair, MeteoraDlmmLayout.IndexReference);
        LastUpdate = AccountBytes.I64(pair, MeteoraDlmmLayout.LastUpdate);
        AccumulatorMax = AccountBytes.U32(pair, MeteoraDlmmLayout.AccumulatorMax);
        FilterPeriod = AccountBytes.U16(pair, MeteoraDlmmLayout.FilterPeriod);
        DecayPeriod = AccountBytes.U16(pair, MeteoraDlmmLayout.DecayPeriod);
        ReductionFactor = AccountBytes.U16(pair, MeteoraDlmmLayout.ReductionFactor);
        ProtocolShare = AccountBytes.U16(pair, MeteoraDlmmLayout.ProtocolShare);
        IsFeeAlwaysY = pair[MeteoraDlmmLayout.CollectFeeMode] != 0;
        DoOrdersCount = pair[MeteoraDlmmLayout.FunctionType] == LimitOrderFunction
            || (pair[MeteoraDlmmLayout.FunctionType] == UndeterminedFunction && !HasReward(pair));
        Activation = new Activation(
            pair[MeteoraDlmmLayout.Status] != 0, pair[MeteoraDlmmLayout.ActivationType] != 0,
            AccountBytes.U64(pair, MeteoraDlmmLayout.ActivationPoint));
        return arePowersPossible && IsPossible(pair) ? ProvenRule(pair) : PoolDefect.ImpossibleValue;
    }

    /// <summary>The fee of a swap in this direction is taken from what goes in.</summary>
    public readonly bool IsFeeOnInput(SwapDirection direction) => !IsFeeAlwaysY || direction == SwapDirection.BToA;

    /// <summary>
    /// What a swap at a clock counts the volatility from. Within the filter period of the last move it stays; up to the
    /// decay period a share of it stays, at the active bin; later nothing. A clock that lags behind the last move
    /// counts as its time, as the program's own comparison does.
    /// </summary>
    public readonly Volatility VolatilityAt(in ChainClock clock)
    {
        // Both are non-negative: a difference of them does not overflow.
        var elapsed = clock.UnixTime - LastUpdate;
        if (elapsed < FilterPeriod) return new Volatility(Reference, IndexReference, AccumulatorMax);
        var left = elapsed < DecayPeriod ? (ulong)Accumulator * ReductionFactor / MeteoraDlmmFees.ShareOne : 0;
        return new Volatility((uint)left, ActiveBin, AccumulatorMax);
    }

    /// <summary>
    /// Why a swap is refused at a clock, whatever its amount. Where the time is not known (0) although the pair has
    /// been moved at some time, its fee cannot be told.
    /// </summary>
    public readonly QuoteError RefusalAt(in ChainClock clock)
    {
        var refusal = Activation.RefusalAt(clock);
        if (refusal != QuoteError.None) return refusal;
        return clock.UnixTime > 0 || (clock.UnixTime == 0 && LastUpdate == 0)
            ? QuoteError.None
            : QuoteError.NotQuotable;
    }

    /// <summary>The transfer fees of what goes in and of what comes out, in this epoch.</summary>
    public readonly (TransferFee In, TransferFee Out) TransferFees(SwapDirection direction, ulong epoch)
    {
        if (!HasTransferFee) return default;
        var (x, y) = (TransferFeeX.At(epoch), TransferFeeY.At(epoch));
        return direction == SwapDirection.AToB ? (x, y) : (y, x);
    }

    private static bool HasReward(ReadOnlySpan<byte> pair)
    {
        for (var i = 0; i < MeteoraDlmmLayout.RewardCount; i++)
        {
            var mint = pair.Slice(MeteoraDlmmLayout.Rewards + i * MeteoraDlmmLayout.RewardLength, Pubkey.Length);
            if (mint.ContainsAnyExcept((byte)0)) return true;
        }
        return false;
    }

    private readonly bool IsPossible(ReadOnlySpan<byte> pair) =>
        Fees.Step != 0
        && BinMin >= -BinPrice.BinLimit && BinMax <= BinPrice.BinLimit
        && ActiveBin >= BinMin && ActiveBin <= BinMax
        && IndexReference >= -BinPrice.BinLimit && IndexReference <= BinPrice.BinLimit
        && LastUpdate >= 0
        && ReductionFactor <= MeteoraDlmmFees.ShareOne && ProtocolShare <= MeteoraDlmmFees.ShareOne
        && pair[MeteoraDlmmLayout.ActivationType] <= 1
        && pair[MeteoraDlmmLayout.ProgramX] <= 1 && pair[MeteoraDlmmLayout.ProgramY] <= 1;

    private static PoolDefect ProvenRule(ReadOnlySpan<byte> pair)
    {
        var isProven = pair[MeteoraDlmmLayout.PairType] is not PermissionedPair and <= PairTypeMax
            && pair[MeteoraDlmmLayout.FunctionType] <= LimitOrderFunction
            && pair[MeteoraDlmmLayout.CollectFeeMode] <= 1;
        return isProven ? PoolDefect.None : PoolDefect.UnprovenRule;
    }
}
