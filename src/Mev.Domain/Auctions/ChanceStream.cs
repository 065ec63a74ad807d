using System.Collections.Immutable;
using Mev.Domain.Learning;

namespace Mev.Domain.Auctions;

/// <summary>
/// The opportunities of one seed, in order: candidates are drawn one by one, each from numbers of its own, and the
/// contested ones are kept.
/// </summary>
public sealed class ChanceStream
{
    /// <summary>Pools of the simulated market.</summary>
    public const int PoolsCount = 50;

    private const ulong PoolStream = 1;
    private const ulong CandidateStream = 2;

    private readonly ulong _seed;
    private readonly AuctionTerms _terms;
    private MarketConditions _market = MarketConditions.Initial;
    private double _atSeconds;
    private ulong _candidate;
    private int _id;

    /// <summary>The stream of <paramref name="seed"/> from its beginning.</summary>
    public ChanceStream(ulong seed, AuctionTerms terms)
    {
        (_seed, _terms) = (seed, terms);
        var draws = MixStream.Of(seed, PoolStream, 0);
        var effects = ImmutableArray.CreateBuilder<double>(PoolsCount);
        for (var pool = 0; pool < PoolsCount; pool++) effects.Add(0.20 * draws.Normal());
        PoolEffects = effects.MoveToImmutable();
    }

    /// <summary>What each pool adds to the rivals' level.</summary>
    public ImmutableArray<double> PoolEffects { get; }

    /// <summary>The next contested opportunity; there is always one.</summary>
    public ContestedChance Next()
    {
        while (true)
        {
            var draws = MixStream.Of(_seed, CandidateStream, _candidate++);
            var candidate = Draw(ref draws);
            if (candidate.Rivals.Count(rival => rival.Participates) < RivalLaw.ContestedFrom) continue;
            _id++;
            return candidate;
        }
    }

    private ContestedChance Draw(ref MixStream draws)
    {
        // Initialisers run as written, and that order is the order of the draws.
        _atSeconds += 0.2 * draws.Exponential();
        _market = _market.Next(ref draws);
        var pool = (int)(PoolsCount * DetMath.Exp(1.6 * DetMath.Ln(draws.Uniform())));
        var isYoung = draws.Uniform() < 0.25;
        var hasLeader = draws.Uniform() < 0.3;
        var (position, phase) = (draws.Uniform(), draws.Uniform());
        var (survival, attribution, never) = (draws.Uniform(), draws.Uniform(), draws.Uniform());
        var value = DrawValue(ref draws);
        var error = ContestedChance.ValueErrorOf(isYoung);
        return new ContestedChance
        {
            Id = _id,
            AtSeconds = _atSeconds,
            Pool = pool,
            Market = _market,
            IsYoung = isYoung,
            HasLeader = hasLeader,
            SlotPosition = position,
            TickPhase = phase,
            SurvivalDraw = survival,
            AttributionDraw = attribution,
            NeverDraw = never,
            ValueSol = value,
            SeenValueSol = value * DetMath.Exp(error * draws.Normal() - error * error / 2.0),
            SeenCongestion = _market.Congestion + 0.4 * draws.Normal(),
            Rivals = DrawRivals(value, isYoung, ref draws),
            StandardLatencyMs = _terms.StandardLatencyMs * DetMath.Exp(0.4 * draws.Normal()) * _market.LatencyFactor,
            FastLatencyMs = _terms.FastLatencyMs * DetMath.Exp(0.3 * draws.Normal()) * _market.LatencyFactor,
            LandedDelaySeconds = 0.8 * DetMath.Exp(0.6 * draws.Normal()),
        };
    }

    private static double DrawValue(ref MixStream draws)
    {
        var value = RivalLaw.TypicalSol * DetMath.Exp(RivalLaw.ValueSpread * draws.Normal());
        if (draws.Uniform() < 0.02) value = 0.08 * DetMath.Exp(-DetMath.Ln(draws.Uniform()) / 1.4);
        return Math.Min(value, 60.0);
    }

    private ImmutableArray<RivalEntry> DrawRivals(double value, bool isYoung, ref MixStream draws)
    {
        var participation = RivalLaw.Participation(value, _market, isYoung);
        var rivals = ImmutableArray.CreateBuilder<RivalEntry>(RivalLaw.Count);
        for (var rival = 0; rival < RivalLaw.Count; rival++)
            rivals.Add(RivalLaw.Draw(rival, participation, _market, isYoung, ref draws));
        return rivals.MoveToImmutable();
    }
}
