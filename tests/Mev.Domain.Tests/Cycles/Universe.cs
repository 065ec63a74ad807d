using System.Buffers.Binary;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Pools;

namespace Mev.Domain.Tests.Cycles;

/// <summary>
/// A seeded universe of ladder pools: mint 0 is WSOL, the others have units from a hundredth of a lamport to
/// thousands, prices disagree by some percent, depths differ by orders of magnitude.
/// </summary>
internal static class Universe
{
    public static Pubkey Key(int kind, ulong number)
    {
        Span<byte> bytes = stackalloc byte[32];
        bytes[0] = (byte)kind;
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], number);
        return new Pubkey(bytes);
    }

    public static Pubkey Mint(int number) => number == 0 ? Mints.Wsol : Key(7, (ulong)number);

    public static Pool[] Generate(ulong seed, int mints, int pools, double depthMax = 1e9, double spread = 1.03)
    {
        var random = new SplitMix(seed);
        var value = new double[mints];
        for (var i = 0; i < mints; i++) value[i] = i == 0 ? 1 : random.Geometric(0.01, 5_000);
        var universe = new Pool[pools];
        for (var i = 0; i < pools; i++)
        {
            var first = random.Below(mints);
            var second = (first + 1 + random.Below(mints - 1)) % mints;
            var (a, b) = ((first, value[first]), (second, value[second]));
            universe[i] = MakePool(random, Key(9, random.Next()), a, b, depthMax, spread);
        }
        return universe;
    }

    /// <summary>The universe's pools in the order of the index's numbers.</summary>
    public static Pool[] ByNumber(CycleIndex index, IEnumerable<Pool> pools)
    {
        var byId = pools.ToDictionary(pool => pool.Id);
        var ordered = new Pool[index.Pools.Length];
        for (var i = 0; i < ordered.Length; i++) ordered[i] = byId[index.Pools[i].Id];
        return ordered;
    }

    private static LadderPool MakePool(
        SplitMix random, Pubkey key, (int Mint, double Value) a, (int Mint, double Value) b,
        double depthMax, double spread)
    {
        var depth = random.Geometric(1e5, depthMax);
        var off = random.Geometric(1 / spread, spread);
        var (reserveA, reserveB) = (1 + (ulong)(depth / a.Value), 1 + (ulong)(off * depth / b.Value));
        int[] fees = [100, 500, 2_500, 3_000];
        var fee = fees[random.Below(fees.Length)];
        var (mintA, mintB) = (Mint(a.Mint), Mint(b.Mint));
        if (random.Below(2) == 0) return LadderPool.Product(new PoolId(key), mintA, mintB, fee, reserveA, reserveB);
        return LadderPool.Of(new PoolId(key), mintA, mintB, fee,
            Rungs(random, reserveA, reserveB, fee), Rungs(random, reserveB, reserveA, fee));
    }

    // Each rung starts where the price of the one before ended, with a depth of its own.
    private static LadderPool.Rung[] Rungs(SplitMix random, ulong reserveIn, ulong reserveOut, int feePpm)
    {
        var rungs = new LadderPool.Rung[1 + random.Below(12)];
        for (var i = 0; i < rungs.Length; i++)
        {
            var width = Math.Max(1, (ulong)(reserveIn * random.Between(0.0005, 0.01)));
            rungs[i] = new LadderPool.Rung(width, reserveIn, reserveOut);
            var kept = width * (1 - feePpm / 1e6);
            var scale = random.Between(0.5, 2);
            // Rounded so that the price of the next rung is never better than where this one ended.
            reserveOut = Math.Max(1, (ulong)(scale * reserveOut * reserveIn / (reserveIn + kept)));
            reserveIn = (ulong)Math.Ceiling(scale * (reserveIn + kept)) + 1;
        }
        return rungs;
    }
}
