using System.Globalization;
using System.Text.Json;
using Mev.Cli.Gateways;
using Mev.Journal.Replay;
using Spectre.Console;

namespace Mev.Cli.Replay;

/// <summary>Replays every decision of a range of slots, the newest first, and sums up.</summary>
internal sealed class ReplayRun(GatewayClient gateway, Output output)
{
    private const int PageLimit = 500;
    private const int RequestsMax = 8; // in flight; the gateway reads, and this side reckons on every core
    private const int ShownMax = 20; // of those that are not equal; all are counted, and --json names all

    private readonly RecordReplay _replay = new(gateway);
    private readonly ReplayTally _tally = new();
    private readonly List<(string Id, ReplayReport Report)> _unequal = [];

    public async Task<int> Run(ulong from, ulong to, CancellationToken cancellationToken)
    {
        var overview = await gateway.Get("/v1/overview", cancellationToken);
        var total = overview.Number("decisions.total");
        if (output.IsJson || Console.IsOutputRedirected)
        {
            var progress = new ReplayProgress(total, Console.Error, TimeProvider.System);
            progress.Tell();
            await RunAll(from, to, progress.Looked, cancellationToken);
        }
        else
        {
            await output.Terminal.Progress().StartAsync(async progress =>
            {
                var task = progress.AddTask("replaying", maxValue: Math.Max(1, total));
                await RunAll(from, to, () => task.Increment(1), cancellationToken);
                task.Value = task.MaxValue;
            });
        }
        if (output.IsJson) output.JsonLine(_tally.Counts.ToDictionary(count => $"{count.Key}", count => count.Value));
        else Summarise();
        return _tally.Code;
    }

    /// <summary>Several requests at a time; the reports are told in the order of the decisions.</summary>
    private async Task RunAll(ulong from, ulong to, Action looked, CancellationToken cancellationToken)
    {
        for (var after = ""; ;)
        {
            var page = await gateway.Get($"/v1/decisions?limit={PageLimit}{after}", cancellationToken);
            var lines = page.Items("decisions").ToArray();
            var reports = new ReplayReport?[lines.Length];
            var parallel = new ParallelOptions
            {
                MaxDegreeOfParallelism = RequestsMax,
                CancellationToken = cancellationToken,
            };
            await Parallel.ForAsync(0, lines.Length, parallel, async (i, cancellation) =>
            {
                if (IsInRange(lines[i], from, to)) reports[i] = await _replay.Run(lines[i].Text("id"), cancellation);
                looked();
            });
            foreach (var (line, report) in lines.Zip(reports))
                if (report is not null) Take(line.Text("id"), report);
            if (!page.IsThere("next")) return;
            after = $"&after={page.Text("next")}";
        }
    }

    /// <summary>What a damaged line says of its slot cannot be relied on: it is always looked at.</summary>
    private static bool IsInRange(JsonElement line, ulong from, ulong to) =>
        line.Text("isDamaged") == "yes"
        || (ulong.TryParse(line.Text("slot"), CultureInfo.InvariantCulture, out var slot)
            && slot >= from && slot <= to);

    private void Take(string id, ReplayReport report)
    {
        _tally.Add(report);
        if (report.IsEqual) return;
        if (output.IsJson) output.JsonLine(ReplayLine.Of(id, report));
        else if (_unequal.Count < ShownMax) _unequal.Add((id, report));
    }

    private void Summarise()
    {
        foreach (var (id, report) in _unequal) output.Line($"{id}: {report.Text}");
        var counts = string.Join(", ", _tally.Counts.Select(entry => $"{entry.Value} {Words(entry.Key)}"));
        output.Line(_tally.Total == 0 ? "No decision in this range." : $"{_tally.Total} replayed: {counts}.");
    }

    private static string Words(ReplayVerdict verdict) => verdict switch
    {
        ReplayVerdict.Equal => "equal",
        ReplayVerdict.EqualWithoutSizing => "equal (sizing is not replayed: these records keep no account bytes)",
        ReplayVerdict.Different => "DIFFERENT",
        ReplayVerdict.BlobMissing => "with a missing blob",
        ReplayVerdict.BlobDamaged => "with a DAMAGED blob",
        ReplayVerdict.RecordDamaged => "DAMAGED",
        _ => "not replayable by this build",
    };
}
