using Mev.Domain.Chain;
using Mev.Domain.Pools.Tokens;

namespace Mev.Domain.Pools.MeteoraDammV2;

/// <content>From account bytes to the state that swaps read, or to the reason why not.</content>
public sealed partial class MeteoraDammV2Pool
{
    private const byte ActivatedByTime = 1;
    private const byte SwitchedOff = 1;
    private const byte Token2022 = 1;
    private const byte WholePercent = 100;

    /// <inheritdoc/>
    public override ulong MarkOfNames(ReadOnlySpan<byte> data) => IsPool(data)
        ? AccountBytes.Mark(data, [MeteoraDammV2Layout.MintA, MeteoraDammV2Layout.MintB]) ^ Flags(data)
        : 0;

    /// <summary>The bytes have the length and the discriminator of a pool account.</summary>
    internal static bool IsPool(ReadOnlySpan<byte> data) =>
        data.Length == MeteoraDammV2Layout.Length && data.StartsWith(MeteoraDammV2Layout.Discriminator);

    /// <inheritdoc/>
    protected override void Name(PoolAccount pool)
    {
        var data = pool.Data;
        if (AccountCheck.Owned(pool, Programs.MeteoraDammV2) != PoolDefect.None || !IsPool(data)) return;
        MintA = AccountBytes.Key(data, MeteoraDammV2Layout.MintA);
        MintB = AccountBytes.Key(data, MeteoraDammV2Layout.MintB);
        Span<Pubkey> keys = [default, default];
        var count = 0;
        if (data[MeteoraDammV2Layout.ProgramFlagA] == Token2022) keys[count++] = MintA;
        if (data[MeteoraDammV2Layout.ProgramFlagB] == Token2022) keys[count++] = MintB;
        NameAccounts(keys[..count]);
    }

    /// <inheritdoc/>
    protected override PoolDefect Decode()
    {
        (_state, _volatility, _refusal) = (default, default, QuoteError.NotQuotable);
        var account = Account(PoolIndex);
        var defect = AccountCheck.Owned(account, Programs.MeteoraDammV2);
        if (defect != PoolDefect.None) return defect;
        var data = account.Data;
        if (!IsPool(data)) return PoolDefect.WrongLayout;
        defect = CheckRules(data, MintA == MintB);
        if (defect != PoolDefect.None) return defect;
        defect = MeteoraDammV2Volatility.Read(data, out var volatility);
        if (defect != PoolDefect.None) return defect;
        var state = Read(data, volatility);
        if (!IsPossible(state)) return PoolDefect.ImpossibleValue;
        foreach (var mint in Accounts[MintsIndex..])
        {
            defect = FeelessMint.Check(mint, account.Slot);
            if (defect != PoolDefect.None) return defect;
        }
        (_state, _volatility) = (state, volatility);
        _activation = AccountBytes.U64(data, MeteoraDammV2Layout.ActivationPoint);
        _isActivatedByTime = data[MeteoraDammV2Layout.ActivationType] == ActivatedByTime;
        _refusal = data[MeteoraDammV2Layout.Status] == SwitchedOff ? QuoteError.SwapDisabled : QuoteError.None;
        return PoolDefect.None;
    }

    private static ulong Flags(ReadOnlySpan<byte> data) =>
        ((ulong)data[MeteoraDammV2Layout.ProgramFlagA] << 1 | data[MeteoraDammV2Layout.ProgramFlagB]) << 1;

    private static PoolDefect CheckRules(ReadOnlySpan<byte> data, bool isOneMint)
    {
        var isPossible = !isOneMint
            && data[MeteoraDammV2Layout.ActivationType] <= ActivatedByTime
            && data[MeteoraDammV2Layout.Status] <= SwitchedOff
            && data[MeteoraDammV2Layout.ProgramFlagA] <= Token2022
            && data[MeteoraDammV2Layout.ProgramFlagB] <= Token2022
            && data[MeteoraDammV2Layout.ProtocolPercent] <= WholePercent;
        if (!isPossible) return PoolDefect.ImpossibleValue;
        var fallsWithTime = AccountBytes.U16(data, MeteoraDammV2Layout.Periods) != 0
            && AccountBytes.U64(data, MeteoraDammV2Layout.PeriodFrequency) != 0
            && AccountBytes.U64(data, MeteoraDammV2Layout.PeriodReduction) != 0;
        var hasPartnerFee = data[MeteoraDammV2Layout.PartnerPercent] != 0
            && !AccountBytes.Key(data, MeteoraDammV2Layout.Partner).IsZero;
        var isProven = !fallsWithTime && !hasPartnerFee
            && data[MeteoraDammV2Layout.BaseFeeMode] <= MeteoraDammV2Layout.LastScheduler
            && data[MeteoraDammV2Layout.CollectMode] <= MeteoraDammV2Layout.CollectInB
            && data[MeteoraDammV2Layout.Version] == 0;
        return isProven ? PoolDefect.None : PoolDefect.UnprovenRule;
    }

    private static MeteoraDammV2State Read(ReadOnlySpan<byte> data, in MeteoraDammV2Volatility volatility)
    {
        var cliff = AccountBytes.U64(data, MeteoraDammV2Layout.CliffFee);
        return new MeteoraDammV2State
        {
            Liquidity = AccountBytes.U128(data, MeteoraDammV2Layout.Liquidity),
            SqrtPrice = AccountBytes.U128(data, MeteoraDammV2Layout.SqrtPrice),
            SqrtPriceMin = AccountBytes.U128(data, MeteoraDammV2Layout.MinSqrtPrice),
            SqrtPriceMax = AccountBytes.U128(data, MeteoraDammV2Layout.MaxSqrtPrice),
            FeeRate = (uint)UInt128.Min((UInt128)cliff + volatility.Fee, MeteoraDammV2State.FeeRateMax),
            IsFeeAlwaysInB = data[MeteoraDammV2Layout.CollectMode] == MeteoraDammV2Layout.CollectInB,
            ProtocolPercent = data[MeteoraDammV2Layout.ProtocolPercent],
            ProtocolRoomA = ulong.MaxValue - AccountBytes.U64(data, MeteoraDammV2Layout.ProtocolFeeA),
            ProtocolRoomB = ulong.MaxValue - AccountBytes.U64(data, MeteoraDammV2Layout.ProtocolFeeB),
        };
    }

    private static bool IsPossible(in MeteoraDammV2State state) => state.Liquidity != 0
        && MeteoraDammV2State.IsSqrtPrice(state.SqrtPriceMin) && state.SqrtPriceMin <= state.SqrtPrice
        && state.SqrtPrice <= state.SqrtPriceMax && MeteoraDammV2State.IsSqrtPrice(state.SqrtPriceMax);
}
