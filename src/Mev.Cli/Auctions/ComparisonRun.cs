using System.Globalization;
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

    public ComparisonRun(SeedRange seeds, int horizon, AuctionTerms terms, string[] names, OffsetModel? model)
    {
        (_seeds, _horizon, _terms, _model) = (seeds, horizon, terms, model);
        _names = [.. names.Prepend(Contender.BidOracleName).Distinct()]; // profits are shares of its profit
    }

    public int Run(Output output, string? plot, CancellationToken cancellationToken)
    {
        var contenders = _names.Select(name => Contender.Of(name).With(_model)).ToArray();
        var jobs = contenders.SelectMany(contender => _seeds.Seeds.Select(seed =>
            new AuctionJob(Market, contender, seed, _horizon, _terms)));
        var board = new Scoreboard(AuctionHall.Play([.. jobs], cancellationToken));
        var lines = _names.Select(name => AuctionLine.Of(board, Market, name)).ToArray();
        var caveat = AuctionCommand.Caveat;
        var model = _model?.Id.ToString();
        if (output.IsJson) output.JsonLine(new { caveat, seeds = Text, horizon = _horizon, model, lines });
        else Print(output, lines);
        if (plot is not null) Write(plot, AuctionPlot.Draw(board, Market, _names));
        return ExitCode.Done;
    }

    private static void Write(string path, string svg)
    {
        try
        {
            File.WriteAllText(path, svg);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.Failed, $"--plot '{path}' cannot be written: {failure.Message}");
        }
    }

    private string Text => $"{_seeds.First}-{_seeds.Last}";

    private void Print(Output output, AuctionLine[] lines)
    {
        output.Line(AuctionCommand.Caveat);
        output.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"Seeds {Text}, {_horizon:N0} opportunities each, level {_terms.Level}; % and standard error."));
        if (_model is not null) output.Line($"factored and factored-floor use the offsets of model {_model.Id}.");
        output.Table(AuctionLine.Headings, lines.Select(line => line.Cells));
    }
}
