using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Domain.Pools;
using Mev.Domain.Pools.MeteoraDammV2;
using Mev.Domain.Pools.MeteoraDlmm;
using Mev.Domain.Pools.OrcaTokenSwap;
using Mev.Domain.Pools.PumpSwap;
using Mev.Domain.Pools.RaydiumAmmV4;
using Mev.Domain.Pools.RaydiumClmm;
using Mev.Domain.Pools.RaydiumCpmm;
using Mev.Domain.Pools.Whirlpool;

namespace Mev.Adapters.Paper.Generation;

/// <summary>
/// The pools of the generated market as real account bytes. The first pools give every mint one with WSOL; further ones
/// join WSOL and a mint, or two mints that both have pools with WSOL, so cycles of two and three hops exist. Prices
/// agree with one value for each mint, up to small gaps.
/// </summary>
internal sealed class GeneratedUniverse
{
    // Lamports for a unit of a mint, log-uniform: nine-decimal dust up to a six-decimal dollar.
    private const double LnValueLow = -9.2;
    private const double LnValueHigh = 2.3;

    // One side of a pool: log-normal around 200 SOL, from 5 to 50,000.
    private const double LnSideMedian = 26.0217;
    private const double LnSideSigma = 1.2;
    private const double SideMin = 5e9;
    private const double SideMax = 5e13;

    private static readonly Protocol[] Further =
    [
        Protocol.MeteoraDlmm, Protocol.RaydiumClmm, Protocol.MeteoraDammV2, Protocol.OrcaTokenSwap, Protocol.PumpSwap,
    ];

    private readonly GeneratedFeedOptions _options;
    private readonly RandomKey _key;
    private readonly GeneratedMint[] _mints;
    private readonly double[] _values;

    public GeneratedUniverse(GeneratedFeedOptions options)
    {
        _options = options;
        _key = RandomKey.Of("generator", options.Seed);
        var mints = Math.Min(options.Mints, options.Pools + 1);
        _mints = new GeneratedMint[mints];
        _values = new double[mints];
        (_mints[0], _values[0]) = (new GeneratedMint(Mints.Wsol), 1.0);
        var epoch = new ChainClock(new Slot(options.FirstSlot), options.FirstUnixTime).Epoch;
        for (var i = 1; i < mints; i++)
        {
            var draws = new DrawStream(_key, (ulong)i).At(GeneratorPurposes.Mint);
            var key = GeneratedAddress.Of(options.Seed, "mint", i);
            _mints[i] = IsDue(i - 1, options.Token2022ShareBasisPoints)
                ? GeneratedMint.WithFee(key, i, epoch)
                : new GeneratedMint(key);
            _values[i] = DetMath.Exp(LnValueLow + (LnValueHigh - LnValueLow) * draws.Uniform());
        }
        Pools = new GeneratedPool[options.Pools];
        for (var i = 0; i < Pools.Length; i++) Pools[i] = Build(i);
    }

    /// <summary>Key of every random number of this market.</summary>
    public RandomKey Key => _key;

    /// <summary>The mints, WSOL first; each has a pool.</summary>
    public IReadOnlyList<GeneratedMint> AllMints => _mints;

    /// <summary>The pools, by number.</summary>
    public GeneratedPool[] Pools { get; }

    private GeneratedPool Build(int number)
    {
        var stream = new DrawStream(_key, (ulong)number);
        var plan = Plan(number, stream.At(GeneratorPurposes.Pool));
        var kind = plan.HasToken2022 ? FeeKind(number) : Kind(number);
        if (kind == Protocol.PumpSwap && plan.MintA == Mints.Wsol) plan = plan.Turned; // coins are sold for SOL
        var (pool, accounts) = kind switch
        {
            Protocol.MeteoraDlmm => Make(id => new MeteoraDlmmPool(id), DlmmAccounts.Build(plan)),
            Protocol.RaydiumClmm => Make(id => new RaydiumClmmPool(id), ClmmAccounts.Build(plan, stream)),
            Protocol.MeteoraDammV2 => Make(id => new MeteoraDammV2Pool(id), DammV2Accounts.Build(plan)),
            Protocol.OrcaTokenSwap => Make(id => new OrcaTokenSwapPool(id), TokenSwapAccounts.Build(plan)),
            Protocol.PumpSwap => Make(id => new PumpSwapPool(id), PumpAccounts.Build(plan)),
            Protocol.Whirlpool => Make(
                id => new WhirlpoolPool(id), WhirlpoolAccounts.Build(plan, stream, _options.FirstUnixTime)),
            Protocol.RaydiumCpmm => Make(id => new RaydiumCpmmPool(id), CpmmAccounts.Build(plan)),
            _ => Make(id => new RaydiumAmmV4Pool(id), AmmV4Accounts.Build(plan)),
        };
        foreach (var account in accounts) pool.Apply(account.Startup(new Slot(_options.FirstSlot)));
        return new GeneratedPool(pool, [.. accounts.Select(account => account.Balance)], plan);
    }

    private static (Pool Pool, GeneratedAccount[] Accounts) Make(
        Func<PoolId, Pool> create, GeneratedAccount[] accounts) => (create(new PoolId(accounts[0].Key)), accounts);

    /// <summary>Spread evenly, so that the shares hold for every number of pools.</summary>
    private Protocol Kind(int number)
    {
        long share = _options.WhirlpoolShareBasisPoints;
        var before = number * share / 10_000;
        if ((number + 1) * share / 10_000 > before) return Protocol.Whirlpool;
        long other = number - before;
        var further = other * _options.FurtherShareBasisPoints / 10_000;
        if (IsDue(other, _options.FurtherShareBasisPoints)) return Further[(int)(further % Further.Length)];
        other -= further;
        return other % 2 == 0 ? Protocol.RaydiumAmmV4 : Protocol.RaydiumCpmm;
    }

    /// <summary>Of a pool that a fee on transfers passes through: where the quote knows it.</summary>
    private static Protocol FeeKind(int number) => number % 3 == 0 ? Protocol.MeteoraDlmm : Protocol.RaydiumCpmm;

    /// <summary>It is one of the share: they are spread evenly.</summary>
    private static bool IsDue(long number, long shareBasisPoints) =>
        (number + 1) * shareBasisPoints / 10_000 > number * shareBasisPoints / 10_000;

    private GeneratedPlan Plan(int number, Draws draws)
    {
        var (first, second) = PickMints(number, ref draws);
        if (_mints[first].Key.CompareTo(_mints[second].Key) > 0) (first, second) = (second, first);
        var side = Math.Clamp(DetMath.Exp(LnSideMedian + LnSideSigma * draws.Normal()), SideMin, SideMax);
        var gap = 1.0 + _options.FirstGap * draws.Normal();
        var depthA = side / _values[first];
        var depthB = side / _values[second];
        return new GeneratedPlan(
            number, _options.Seed, _mints[first], _mints[second], (ulong)depthA, (ulong)(depthB * gap),
            depthB / depthA, draws.Uniform());
    }

    private (int First, int Second) PickMints(int number, ref Draws draws)
    {
        if (number < _mints.Length - 1) return (0, number + 1);
        var one = 1 + Pick(draws.Uniform(), _mints.Length - 1);
        // The share of WSOL pools counts those that every mint has.
        var hubs = (long)_options.Pools * _options.HubShareBasisPoints / 10_000 - (_mints.Length - 1);
        var isHub = draws.Uniform() * (_options.Pools - (_mints.Length - 1)) < hubs;
        if (isHub || _mints.Length < 3) return (0, one);
        var other = 1 + Pick(draws.Uniform(), _mints.Length - 2);
        return (one, other >= one ? other + 1 : other);
    }

    private static int Pick(double uniform, int count) => Math.Min((int)(uniform * count), count - 1);
}
