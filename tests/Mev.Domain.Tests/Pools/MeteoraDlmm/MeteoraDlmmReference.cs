using System.Numerics;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.Tokens;
using Mev.Fixtures.Pools;

namespace Mev.Domain.Tests.Pools.MeteoraDlmm;

/// <summary>
/// The rules of the program once more, slowly, in big integers and bin by bin: what the fast walk is checked against.
/// </summary>
internal sealed class MeteoraDlmmReference(MeteoraDlmmBytes bytes)
{
    private const int ArraysPerSwap = 3;
    private static readonly BigInteger Q = BigInteger.One << 64;
    private static readonly BigInteger Billion = 1_000_000_000;
    private readonly Dictionary<int, MeteoraDlmmBinBytes> _bins = bytes.Bins.ToDictionary(bin => bin.Bin);

    public (QuoteError Error, ulong In, ulong Out, int Bin) Swap(
        bool isXToY, bool isExactIn, ulong amount, ChainClock clock)
    {
        if (amount == 0) return Refused(QuoteError.ZeroAmount);
        var (feeX, feeY) = (Fee(bytes.MintX2022), Fee(bytes.MintY2022));
        var (feeIn, feeOut) = isXToY ? (feeX, feeY) : (feeY, feeX);
        var left = isExactIn ? amount - FeeOf(feeIn, amount) : Gross(feeOut, amount);
        if (left > ulong.MaxValue) return Refused(QuoteError.Overflow);
        var (reference, index) = References(clock);
        var (bin, arrays, input, output) = (bytes.ActiveBin, 0, BigInteger.Zero, BigInteger.Zero);
        while (left > 0)
        {
            if (NextArray(MeteoraDlmmBytes.ArrayOf(bin), isXToY) is not { } array)
                return Refused(QuoteError.BitmapExtensionMissing);
            if (++arrays > ArraysPerSwap) return Refused(QuoteError.BinArrayNotPassed);
            if (!bytes.ArraysSeen.Contains(array)) return Refused(QuoteError.NotQuotable);
            if (array != MeteoraDlmmBytes.ArrayOf(bin)) bin = array * 70 + (isXToY ? 69 : 0);
            for (; MeteoraDlmmBytes.ArrayOf(bin) == array; bin += isXToY ? -1 : 1)
            {
                if (bin < bytes.BinMin || bin > bytes.BinMax) return Refused(QuoteError.NotQuotable);
                if (!_bins.TryGetValue(bin, out var held)) continue;
                var rate = Rate(reference + BigInteger.Abs(index - bin) * 10_000);
                if (Take(held, isXToY, isExactIn, left, rate) is not { } taken)
                    return Refused(QuoteError.Undetermined);
                if (taken.In < 0) return Refused(QuoteError.NotQuotable);
                (input, output) = (input + taken.In, output + taken.Out);
                left -= isExactIn ? taken.In : taken.Out;
                if (left.IsZero) break;
            }
        }
        if (output.IsZero) return Refused(QuoteError.ZeroResult);
        if (!isExactIn) input = Gross(feeIn, input);
        if (input > ulong.MaxValue) return Refused(QuoteError.NotQuotable);
        return isExactIn
            ? (QuoteError.None, amount, (ulong)(output - FeeOf(feeOut, output)), bin)
            : (QuoteError.None, (ulong)input, amount, bin);
    }

    private static (QuoteError, ulong, ulong, int) Refused(QuoteError error) => (error, 0, 0, 0);

    private (BigInteger In, BigInteger Out)? Take(
        MeteoraDlmmBinBytes held, bool isXToY, bool isExactIn, BigInteger left, BigInteger rate)
    {
        BigInteger[] parts = DoOrdersCount() && (held.AskSide == 0) == isXToY
            ? [isXToY ? held.Y : held.X, held.ProcessedLeft, held.OpenOrders]
            : [isXToY ? held.Y : held.X];
        var total = parts.Aggregate(BigInteger.Add);
        var price = Price(held.Bin);
        if (total.IsZero) return (0, 0);
        if (isExactIn) return Fill(parts, price, isXToY, left, rate);
        var isFeeOnInput = IsFeeOnInput(isXToY);
        var wanted = left + (isFeeOnInput ? 0 : Ceiling(left * rate, Billion - rate));
        if (wanted >= total) return Fill(parts, price, isXToY, ulong.MaxValue, rate);
        var needed = Worth(wanted, price, isXToY, isInput: true);
        if (isFeeOnInput) needed += Ceiling(needed * rate, Billion - rate);
        var (taken, given) = Fill(parts, price, isXToY, needed, rate);
        return given < left ? null : (taken, left);
    }

    private (BigInteger In, BigInteger Out) Fill(
        BigInteger[] parts, BigInteger price, bool isXToY, BigInteger input, BigInteger rate)
    {
        var isFeeOnInput = IsFeeOnInput(isXToY);
        var net = input - (isFeeOnInput ? Ceiling(input * rate, Billion) : 0);
        var (left, output) = (net, BigInteger.Zero);
        foreach (var part in parts.Where(part => !part.IsZero))
        {
            var whole = Worth(part, price, isXToY, isInput: true);
            output += left >= whole ? part : Worth(left, price, isXToY, isInput: false);
            left -= BigInteger.Min(left, whole);
        }
        var used = net - left;
        if (!isFeeOnInput) return (used, output - Ceiling(output * rate, Billion));
        return (left.IsZero ? input : used + Ceiling(used * rate, Billion - rate), output);
    }

    private bool DoOrdersCount() => bytes.FunctionType == 2 || (bytes.FunctionType == 0 && !bytes.HasReward);

    private bool IsFeeOnInput(bool isXToY) => bytes.CollectFeeMode == 0 || !isXToY;

    private (BigInteger Reference, int Index) References(ChainClock clock)
    {
        var elapsed = clock.UnixTime - bytes.LastUpdate;
        if (elapsed < bytes.FilterPeriod) return (bytes.Reference, bytes.IndexReference);
        var isRecent = elapsed < bytes.DecayPeriod;
        return (isRecent ? (BigInteger)bytes.Accumulator * bytes.ReductionFactor / 10_000 : 0, bytes.ActiveBin);
    }

    private BigInteger Rate(BigInteger volatility)
    {
        var moved = BigInteger.Min(volatility, bytes.AccumulatorMax) * bytes.BinStep;
        var variable = Ceiling(moved * moved * bytes.VariableFeeControl, 100_000_000_000);
        var constant = (BigInteger)bytes.BaseFactor * bytes.BinStep * 10 * BigInteger.Pow(10, bytes.BaseFeePower);
        return BigInteger.Min(constant + variable, 100_000_000);
    }

    private int? NextArray(int from, bool isDown)
    {
        var arrays = bytes.ArraysSeen.Concat(bytes.ArraysUnseen).ToList();
        for (var index = from; index is >= -512 and <= 511; index += isDown ? -1 : 1)
            if (arrays.Contains(index)) return index;
        return null;
    }

    private BigInteger Price(int bin)
    {
        if (bin == 0) return Q;
        var greatest = (BigInteger.One << 128) - 1;
        var square = greatest / (Q + (bytes.BinStep * Q / 10_000));
        var power = Q;
        for (var bits = Math.Abs(bin); bits > 0; bits >>= 1)
        {
            if ((bits & 1) == 1) power = power * square / Q;
            square = square * square / Q;
        }
        return bin < 0 ? power : greatest / power;
    }

    private static BigInteger Worth(BigInteger amount, BigInteger price, bool isXToY, bool isInput)
    {
        if (isXToY) return isInput ? Ceiling(amount * Q, price) : amount * price / Q;
        return isInput ? Ceiling(amount * price, Q) : amount * Q / price;
    }

    private static TransferFee Fee(byte[]? mint)
    {
        if (mint is null) return default;
        var fee = mint.AsSpan(TokenLayout.Extensions + 4 + TokenLayout.NewerFee);
        return new TransferFee(
            TokenBytes.Get(fee, TokenLayout.FeeMaximum), BitConverter.ToUInt16(fee[TokenLayout.FeeBasisPoints..]));
    }

    private static BigInteger FeeOf(TransferFee fee, BigInteger amount) =>
        BigInteger.Min(fee.Maximum, Ceiling(amount * fee.BasisPoints, 10_000));

    private static BigInteger Gross(TransferFee fee, BigInteger net)
    {
        if (fee.BasisPoints == 0 || net.IsZero) return net;
        if (fee.BasisPoints == 10_000) return net + fee.Maximum;
        var gross = Ceiling(net * 10_000, 10_000 - fee.BasisPoints);
        return gross - net >= fee.Maximum ? net + fee.Maximum : net + FeeOf(fee, gross);
    }

    private static BigInteger Ceiling(BigInteger a, BigInteger b) => (a + b - 1) / b;
}
