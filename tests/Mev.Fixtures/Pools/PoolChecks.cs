using System.Numerics;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Xunit;

namespace Mev.Fixtures.Pools;

/// <summary>What must hold for every kind of pool.</summary>
public static class PoolChecks
{
    private const int Quotes = 200;

    public static ChainClock Clock { get; } = new(new Slot(409_000_000), UnixTime: 1_774_711_000);

    /// <summary>Changed or cut bytes never throw, and a defective pool quotes nothing.</summary>
    public static void SurvivesDamage(
        Func<Pool> create, IReadOnlyList<AccountWrite> writes, int account, int at, byte with)
    {
        var data = writes[account % writes.Count].Data.ToArray();
        at %= data.Length;
        data[at] ^= with;
        Survives(create(), writes, account % writes.Count, data);
        Survives(create(), writes, account % writes.Count, data[..at]);
    }

    /// <summary>Quotes, copies and executed swaps of a warm pool allocate nothing.</summary>
    public static void AllocatesNothing(Pool pool)
    {
        var copy = pool.NewEmpty();
        AllocatesNothing(() =>
        {
            for (ulong i = 1; i < Quotes; i++) Use(pool, copy, i);
        });
    }

    /// <summary>
    /// The use, once warm, allocates nothing. The runtime may allocate once while it compiles a loop anew: not in each
    /// of three rounds.
    /// </summary>
    public static void AllocatesNothing(Action use)
    {
        use();
        var least = long.MaxValue;
        for (var round = 0; round < 3 && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            use();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(0, least);
    }

    /// <summary>
    /// No quote yields more per unit than the marginal rate says by more than half a unit of input, compared without
    /// rounding.
    /// </summary>
    public static void KeepsTheRate(Pool pool, SwapDirection direction, Quote quote)
    {
        if (!quote.IsOk) return;
        var rate = pool.MarginalRate(direction);
        Assert.True(double.IsFinite(rate) && rate > 0);
        var scale = Math.ILogB(rate) < 0 ? 60 - Math.ILogB(rate) : 60;
        var bound = new BigInteger(Math.ScaleB(rate, scale)) * (2 * (BigInteger)quote.AmountIn.Units + 1);
        var yielded = (BigInteger)quote.AmountOut.Units << (scale + 1);
        Assert.True(yielded <= bound, $"{quote} yields more than {rate} per unit");
    }

    /// <summary>The bytes of all accounts, to see whether any changed.</summary>
    public static string Bytes(Pool pool)
    {
        var text = "";
        foreach (var account in pool.Accounts) text += Convert.ToHexString(account.Data) + "|";
        return text;
    }

    private static void Survives(Pool pool, IReadOnlyList<AccountWrite> writes, int damaged, byte[] data)
    {
        for (var i = 0; i < writes.Count; i++) pool.Apply(i == damaged ? writes[i] with { Data = data } : writes[i]);
        foreach (var direction in new[] { SwapDirection.AToB, SwapDirection.BToA })
        {
            foreach (var amount in new ulong[] { 0, 1, 1_000_000, ulong.MaxValue })
            {
                var units = new TokenAmount(amount);
                var quote = pool.QuoteExactIn(direction, units, Clock);
                pool.QuoteExactOut(direction, units, Clock);
                if (pool.Defect != PoolDefect.None) Assert.Equal(QuoteError.NotQuotable, quote.Error);
                Assert.True(pool.MarginalRate(direction) >= 0);
                Assert.Equal(quote, pool.Execute(direction, units, Clock, writeVersion: 9));
            }
        }
    }

    private static void Use(Pool pool, Pool copy, ulong i)
    {
        var amount = new TokenAmount(i * 997);
        Span<CurveSegment> curve = stackalloc CurveSegment[1];
        pool.QuoteExactIn(SwapDirection.AToB, amount, Clock);
        pool.QuoteExactOut(SwapDirection.BToA, amount, Clock);
        pool.MarginalRate(SwapDirection.BToA);
        pool.FillCurve(SwapDirection.AToB, curve);
        pool.Execute(SwapDirection.AToB, amount, Clock, i);
        copy.CopyFrom(pool);
    }
}
