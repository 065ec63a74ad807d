using System.Globalization;
using Mev.Auctions;
using Mev.Domain.Auctions;
using Mev.Domain.Models;

namespace Mev.Cli.Auctions;

/// <summary>Bidders on the same seeds, as a table, JSON and a drawing.</summary>
internal sealed class ComparisonRun
{
    private const string Market = "base";

    private readonly SeedRange _seeds;
    private readonly int _horizon;
    private readonly AuctionTerms _terms;
    private readonly string[] _names;
    private readonly OffsetModel? _model;
    private readonly string? _against;

    public ComparisonRun(
        SeedRange seeds, int horizon, AuctionTerms terms, string[] names, string? against, OffsetModel? model)
    {
        if (against is not null && seeds.First == seeds.Last)
            throw new CommandFailure(ExitCode.Usage, "--against needs two --seeds at least: one has no interval");
        (_seeds, _horizon, _terms, _against, _model) = (seeds, horizon, terms, against, model);
        string[] measures = against is null ? [Contender.BidOracleName] : [Contender.BidOracleName, against];
        _names = [.. measures.Concat(names).Distinct()]; // profits are shares of the oracle's
    }

    public int Run(Output output, string? plot, CancellationToken cancellationToken)
    {
        if (plot is not null) Write(plot, ""); // what cannot be written is said before anything is played
        var contenders = _names.Select(name => ContenderOf(name).With(_model)).ToArray();
        var jobs = contenders.SelectMany(contender => _seeds.Seeds.Select(seed =>
            new AuctionJob(Market, contender, seed, _horizon, _terms)));
        var board = new Scoreboard(AuctionBar.Play([.. jobs], cancellationToken));
        var lines = _names.Select(name => AuctionLine.Of(board, Market, name)).ToArray();
        var gains = GainsOf(board);
        var caveat = AuctionCommand.Caveat;
        var model = _model?.Id.ToString();
        if (output.IsJson)
            output.JsonLine(new { caveat, seeds = $"{_seeds}", horizon = _horizon, model, lines, gains });
        else Print(output, lines, gains);
        if (plot is not null) Write(plot, AuctionPlot.Draw(board, Market, _names));
        return ExitCode.Done;
    }

    private static Contender ContenderOf(string name) => Contender.Find(name)
        ?? throw new CommandFailure(ExitCode.Usage, $"--policies: '{name}' is none of {Contender.Names}");

    private AuctionGain[] GainsOf(Scoreboard board) => _against is not { } against
        ? []
        : [.. _names.Where(name => name != against && name != Contender.BidOracleName)
            .Select(name => AuctionGain.Of(board, Market, name, against))];

    private static void Write(string path, string svg)
    {
        if (!path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
            throw new CommandFailure(ExitCode.Usage, $"--plot '{path}': it draws SVG, name a file that ends in .svg");
        try
        {
            File.WriteAllText(path, svg);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.Failed, $"--plot '{path}' cannot be written: {failure.Message}");
        }
    }

    private void Print(Output output, AuctionLine[] lines, AuctionGain[] gains)
    {
        output.Line(AuctionCommand.Caveat);
        output.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"Seeds {_seeds}, {_horizon:N0} opportunities each, level {_terms.Level}; % and standard error."));
        if (_model is not null) output.Line($"factored and factored-floor use the offsets of model {_model.Id}.");
        output.Table(AuctionLine.Headings, lines.Select(line => line.Cells));
        if (gains.Length == 0) return;
        output.Line("Gains on the same seeds, with the paired 95 % interval.");
        output.Table(AuctionGain.Headings, gains.Select(gain => gain.Cells));
    }
}
