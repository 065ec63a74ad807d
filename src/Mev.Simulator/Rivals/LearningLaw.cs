using Mev.Adapters.Paper.Generation;
using Mev.Domain.Auctions;
using Mev.Domain.Chain;

namespace Mev.Simulator.Rivals;

/// <summary>
/// The eight rivals of the contested-auction simulator (specs: learning, section 11) on the chances of this chain: the
/// market's conditions move on with each, the pool that counts is that of the first hop, the adaptive ones learn from
/// what the best of them bid.
/// </summary>
internal sealed class LearningLaw : IRivalLaw
{
    private const ulong PoolStream = 1;
    private const ulong CandidateStream = 2;
    private const double Level = -0.09;
    private const double YoungShare = 0.25;
    private const double LamportsPerSol = 1e9;

    private readonly ulong _seed;
    private readonly double[] _effects;
    private readonly RivalField _field;
    private MarketConditions _market = MarketConditions.Initial;

    public LearningLaw(GeneratedFeedOptions market)
    {
        _seed = market.Seed;
        var draws = MixStream.Of(_seed, PoolStream, 0);
        _effects = new double[ChanceStream.PoolsCount];
        for (var i = 0; i < _effects.Length; i++) _effects[i] = 0.20 * draws.Normal();
        _field = new RivalField(_effects);
    }

    public Lamports ValueMin { get; } = new(20_000);

    public IEnumerable<RivalBid> Bids(Chance chance, ulong number)
    {
        var draws = MixStream.Of(_seed, CandidateStream, number);
        _market = _market.Next(ref draws);
        var pool = BitConverter.ToUInt32(chance.Hops[0].Hop.Pool.Address.ToArray()) % (uint)_effects.Length;
        var isYoung = draws.Uniform() < YoungShare;
        var value = chance.Profit.Value / LamportsPerSol;
        var participation = RivalLaw.Participation(value, _market, isYoung);
        var entries = new RivalEntry[RivalLaw.Count];
        var bids = new List<RivalBid>();
        var best = 0.0;
        for (var rival = 0; rival < entries.Length; rival++)
        {
            entries[rival] = RivalLaw.Draw(rival, participation, _market, isYoung, ref draws);
            var bid = _field.BidOf(rival, entries[rival], (int)pool, _market, Level, value);
            best = Math.Max(best, bid);
            if (entries[rival].Participates)
                bids.Add(new RivalBid(rival, new Lamports((long)(bid * LamportsPerSol)), entries[rival].LatencyMs));
        }
        _field.Learn(best / value, entries);
        return bids;
    }
}
