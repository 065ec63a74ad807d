using Mev.Domain.Auctions;
using Mev.Domain.Auctions.Bidders;
using Mev.Domain.Learning;
using Mev.Domain.Models;
using Mev.Training;

namespace Mev.Benchmarks.Models;

/// <summary>A sampler that learnt in a simulated market, and a model trained on what it heard.</summary>
internal sealed class ModelBed
{
    private const ulong Seed = 4_711;

    private ModelBed(FactoredSampler sampler, OffsetModel model, IReadOnlyList<TrainingRow> rows) =>
        (Sampler, Model, Rows) = (sampler, model, rows);

    public FactoredSampler Sampler { get; }

    public OffsetModel Model { get; }

    /// <summary>What was decided upon.</summary>
    public IReadOnlyList<TrainingRow> Rows { get; }

    public static ModelBed Of(int opportunities)
    {
        var sampler = new FactoredSampler(FactoredTerms.Profit);
        var bidder = new RecordingBidder(new SamplerBidder(Seed, sampler));
        new AuctionRun(Seed, new AuctionTerms(), bidder).Play(opportunities);
        var targets = OffsetTargets.Of(bidder.Rows, FactoredTerms.Profit, new double[bidder.Rows.Count]);
        List<int> known = [.. Enumerable.Range(0, targets.Length).Where(place => targets[place] is not null)];
        var grower = new TreeGrower(
            known.ConvertAll(place => TreeGrower.FeaturesOf(bidder.Rows[place])),
            known.ConvertAll(place => targets[place] ?? 0.0), new TrainingTerms());
        return new ModelBed(sampler, new OffsetModel(ReadOnlyMemory<byte>.Empty, grower.Ensemble(), 0), bidder.Rows);
    }
}
