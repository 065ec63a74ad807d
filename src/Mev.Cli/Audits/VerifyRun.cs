using System.Collections.Immutable;
using System.Globalization;
using Mev.Cli.Gateways;
using Mev.Control.Audits;
using Mev.Control.Checkpoints;
using Mev.Journal.Sqlite;
using Spectre.Console;

namespace Mev.Cli.Audits;

/// <summary>Verifies partition after partition, with a bar, and sums up.</summary>
internal sealed class VerifyRun(Output output, NoteKey? witness, int? only)
{
    private const int ShownMax = 50; // of a partition; --json names all that are kept

    private readonly List<AuditReport> _reports = [];

    public async Task<int> Files(
        string journal, string folder, LogKey log, string? cosigned, CancellationToken cancellationToken)
    {
        using var reader = new SqliteJournalReader(journal);
        var source = new JournalSource(reader, folder, cosigned);
        var partitions = reader.Partitions().Union(FoldersOf(folder)).Union(WitnessState.Partitions(cosigned)).Order();
        await RunAll(
            [.. partitions.Where(IsWanted).Select(partition => (partition, reader.End(partition)))],
            (partition, looked) => new PartitionAudit(partition, log.OfPartition(partition), witness, source, looked)
                .Run(cancellationToken));
        return Sum($"{log}", isPinned: true);
    }

    public async Task<int> Served(GatewayClient gateway, string? pinned, CancellationToken cancellationToken)
    {
        var served = await gateway.Get("/v1/audit", cancellationToken);
        var log = NoteKeys.Log(pinned ?? served.Text("key"));
        var source = new GatewaySource(gateway, witness);
        var partitions = served.Items("partitions")
            .Select(each => ((int)each.Number("partition"), each.Number("size"))).Where(each => IsWanted(each.Item1));
        await RunAll([.. partitions], async (partition, looked) =>
        {
            var key = log.OfPartition(partition);
            var report = await new PartitionAudit(partition, key, witness, source, looked).Run(cancellationToken);
            if (report.SignedSize == 0) return report;
            var proofs = await new ServedProofs(gateway, partition, key).Check(cancellationToken);
            return report with
            {
                Findings = [.. report.Findings, .. proofs],
                FindingsTotal = report.FindingsTotal + proofs.Count,
            };
        });
        return Sum($"{log}", pinned is not null);
    }

    private bool IsWanted(int partition) => only is null || partition == only;

    private static IEnumerable<int> FoldersOf(string folder) => Directory.Exists(folder)
        ? Directory.GetDirectories(folder, "partition-*").Select(path => Path.GetFileName(path)["partition-".Length..])
            .Where(number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(number => int.Parse(number, CultureInfo.InvariantCulture))
        : [];

    private async Task RunAll(
        ImmutableArray<(int Number, long Records)> partitions, Func<int, Action<long>, Task<AuditReport>> run)
    {
        if (partitions.IsEmpty) throw new CommandFailure(ExitCode.Usage, "there is no such partition to verify");
        if (output.IsJson || Console.IsOutputRedirected)
        {
            var progress = new AuditProgress(partitions.Sum(each => each.Records), Console.Error, TimeProvider.System);
            foreach (var partition in partitions) _reports.Add(await run(partition.Number, progress.Looked));
            return;
        }
        await output.Terminal.Progress().StartAsync(async progress =>
        {
            foreach (var (number, records) in partitions)
            {
                var task = progress.AddTask($"partition {number}", maxValue: Math.Max(1, records));
                _reports.Add(await run(number, count => task.Increment(count)));
                task.Value = task.MaxValue;
            }
        });
    }

    private int Sum(string log, bool isPinned)
    {
        var isWell = _reports.TrueForAll(report => report.IsWell);
        if (output.IsJson)
        {
            output.JsonLine(new
            {
                log,
                isPinned,
                isWell,
                partitions = _reports.Select(report => new
                {
                    partition = report.Partition,
                    records = report.Records,
                    signedSize = report.SignedSize,
                    checkpoints = report.Checkpoints,
                    cosignedSize = report.CosignedSize,
                    findingsTotal = report.FindingsTotal,
                    findings = report.Findings.Select(each => new
                    {
                        partition = each.Partition,
                        defect = $"{each.Defect}",
                        from = each.From,
                        to = each.To,
                        text = each.Text,
                    }),
                }),
            });
            return isWell ? ExitCode.Done : ExitCode.VerificationFailed;
        }
        foreach (var report in _reports) Print(report);
        output.Line(isPinned ? $"log {log}" : $"log {log}, by its own word: pin it with --log-key");
        output.Line(isWell ? "Everything is as it was signed." : "NOT everything is as it was signed.");
        return isWell ? ExitCode.Done : ExitCode.VerificationFailed;
    }

    private void Print(AuditReport report)
    {
        foreach (var finding in report.Findings.Take(ShownMax)) output.Line(finding.Text);
        if (report.FindingsTotal > ShownMax)
        {
            output.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"partition {report.Partition}: {report.FindingsTotal - ShownMax:N0} more findings (--json has more)"));
        }
        output.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"partition {report.Partition}: {report.Records:N0} records, {report.SignedSize:N0} of them under "
            + $"{report.Checkpoints:N0} signed checkpoints")
            + (witness is null ? "" : string.Create(
                CultureInfo.InvariantCulture, $", {report.CosignedSize:N0} cosigned by {witness.Name}")));
    }
}
