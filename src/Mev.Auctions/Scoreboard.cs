using Mev.Domain.Auctions;

namespace Mev.Auctions;

/// <summary>Results by market and contender, and figures over seeds; profits are shares of the bid oracle's.</summary>
/// <param name="results">Of every job.</param>
public sealed class Scoreboard(IEnumerable<AuctionResult> results)
{
    private readonly ILookup<(string, string), AuctionResult> _results =
        results.ToLookup(result => (result.Job.Market, result.Job.Contender.Name));

    /// <summary>A contender's results in a market, by seed.</summary>
    public IReadOnlyList<AuctionResult> Of(string market, string contender) =>
        [.. _results[(market, contender)].OrderBy(result => result.Job.Seed)];

    /// <summary>A figure of each seed's tally.</summary>
    public SeedFigures Figure(
        string market, string contender, Func<AuctionTally, double> figure,
        Func<AuctionResult, AuctionTally>? part = null)
    {
        part ??= result => result.Total;
        return new SeedFigures([.. Of(market, contender).Select(result => figure(part(result)))]);
    }

    /// <summary>Profit over the bid oracle's in the same seed and market.</summary>
    public SeedFigures Raw(string market, string contender, Func<AuctionResult, AuctionTally>? part = null) =>
        Share(market, contender, tally => tally.ProfitSol, part);

    /// <summary>The same with every opportunity weighing alike.</summary>
    public SeedFigures Norm(string market, string contender, Func<AuctionResult, AuctionTally>? part = null) =>
        Share(market, contender, tally => tally.Normalised, part);

    private SeedFigures Share(
        string market, string contender, Func<AuctionTally, double> figure, Func<AuctionResult, AuctionTally>? part)
    {
        var mine = Figure(market, contender, figure, part);
        var oracle = Figure(market, Contender.BidOracleName, figure, part);
        return new SeedFigures([.. mine.Values.Zip(oracle.Values, (profit, most) => profit / most)]);
    }
}
