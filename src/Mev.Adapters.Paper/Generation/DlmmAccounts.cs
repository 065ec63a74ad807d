using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Domain.Pools.MeteoraDlmm;

namespace Mev.Adapters.Paper.Generation;

/// <summary>
/// Meteora DLMM pairs: the pair account, mints of Token-2022, and three bin arrays around its price, with as much in
/// each bin as a constant product of the plan's depths would have there.
/// </summary>
internal static class DlmmAccounts
{
    /// <summary>Where a pair names its reserve of X; that of Y follows.</summary>
    public const int ReserveX = 152;

    private const int ArraysAround = 1;
    private const ushort BaseFactor = 10_000; // a fee of one step
    private const uint VariableFeeControl = 10_000;
    private const byte Permissionless = 3;
    private const byte LiquidityMining = 1; // no limit orders
    private const int BitmapFirst = -512;

    private static readonly ushort[] Steps = [10, 10, 20, 25];

    /// <summary>The pair account first, mints of Token-2022 next, then the arrays.</summary>
    public static GeneratedAccount[] Build(in GeneratedPlan plan)
    {
        var step = Steps[(int)Math.Min(plan.FeeChoice * Steps.Length, Steps.Length - 1)];
        var growth = DetMath.Ln(1 + step / 10_000.0);
        var active = (int)Math.Floor(DetMath.Ln((double)plan.DepthB / plan.DepthA) / growth);
        var first = ArrayOf(active) - ArraysAround;
        var pair = plan.Address("dlmm");
        var arrays = new GeneratedAccount[2 * ArraysAround + 1];
        for (var i = 0; i < arrays.Length; i++)
        {
            var data = BuildArray(plan, pair, first + i, active, growth);
            arrays[i] = new(MeteoraDlmmPool.ArrayAddress(pair, first + i), Programs.MeteoraDlmm, data);
        }
        return
        [
            new(pair, Programs.MeteoraDlmm, BuildPair(plan, step, active, first, arrays.Length)),
            .. plan.Token2022(), .. arrays,
        ];
    }

    private static int ArrayOf(int bin) => (int)Math.Floor((double)bin / MeteoraDlmmLayout.BinsPerArray);

    private static byte[] BuildPair(in GeneratedPlan plan, ushort step, int active, int firstArray, int arrays)
    {
        var account = new AccountBuilder(MeteoraDlmmLayout.PairLength);
        account.Put(0, MeteoraDlmmLayout.PairDiscriminator);
        account.Put(MeteoraDlmmLayout.BaseFactor, BaseFactor);
        account.Put(MeteoraDlmmLayout.FilterPeriod, (ushort)30);
        account.Put(MeteoraDlmmLayout.DecayPeriod, (ushort)600);
        account.Put(MeteoraDlmmLayout.ReductionFactor, (ushort)5_000);
        account.Put(MeteoraDlmmLayout.VariableFeeControl, VariableFeeControl);
        account.Put(MeteoraDlmmLayout.AccumulatorMax, 350_000u);
        account.Put(MeteoraDlmmLayout.BinMin, -21_835);
        account.Put(MeteoraDlmmLayout.BinMax, 21_835);
        account.Put(MeteoraDlmmLayout.ProtocolShare, (ushort)500);
        account.Put(MeteoraDlmmLayout.FunctionType, LiquidityMining);
        account.Put(MeteoraDlmmLayout.IndexReference, active);
        account.Put(MeteoraDlmmLayout.PairType, Permissionless);
        account.Put(MeteoraDlmmLayout.ActiveBin, active);
        account.Put(MeteoraDlmmLayout.BinStep, step);
        account.Put(MeteoraDlmmLayout.MintX, plan.MintA);
        account.Put(MeteoraDlmmLayout.MintY, plan.MintB);
        account.Put(ReserveX, plan.Address("dlmm-reserve-x"));
        account.Put(ReserveX + Pubkey.Length, plan.Address("dlmm-reserve-y"));
        account.Put(MeteoraDlmmLayout.ProgramX, plan.A.IsToken2022 ? (byte)1 : (byte)0);
        account.Put(MeteoraDlmmLayout.ProgramY, plan.B.IsToken2022 ? (byte)1 : (byte)0);
        for (var index = firstArray; index < firstArray + arrays; index++)
        {
            var bit = index - BitmapFirst;
            account.Data[MeteoraDlmmLayout.Bitmap + bit / 8] |= (byte)(1 << (bit % 8));
        }
        return account.Data;
    }

    private static byte[] BuildArray(
        in GeneratedPlan plan, in Pubkey pair, int index, int active, double growth)
    {
        var account = new AccountBuilder(MeteoraDlmmLayout.ArrayLength);
        account.Put(0, MeteoraDlmmLayout.ArrayDiscriminator);
        account.Put(MeteoraDlmmLayout.ArrayIndex, (ulong)index);
        account.Put(MeteoraDlmmLayout.ArrayPair, pair);
        var liquidity = Math.Sqrt((double)plan.DepthA * plan.DepthB);
        for (var place = 0; place < MeteoraDlmmLayout.BinsPerArray; place++)
        {
            var bin = index * MeteoraDlmmLayout.BinsPerArray + place;
            var root = DetMath.Exp(bin * growth / 2);
            // What a constant product holds over one step; half of each where the price stands.
            var share = bin == active ? growth / 4 : growth / 2;
            var x = bin >= active ? (ulong)(liquidity / root * share) : 0;
            var y = bin <= active ? (ulong)(liquidity * root * share) : 0;
            var at = MeteoraDlmmLayout.Bins + place * BinLayout.Length;
            account.Put(at + BinLayout.AmountX, x);
            account.Put(at + BinLayout.AmountY, y);
            account.Put(at + BinLayout.Supply, (UInt128)(x * root * root + y + 1) << 64);
        }
        return account.Data;
    }
}
