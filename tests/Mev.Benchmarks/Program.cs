using System.Globalization;
using Mev.Benchmarks.Loads;
using Mev.Benchmarks.Micro;
using Mev.Benchmarks.Pipeline;
using Mev.Benchmarks.Reports;

var isQuick = args.Contains("--quick");
string? After(string name) =>
    Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
bool Wants(string part) => After("--only") is not { } only || only.Split(',').Contains(part);

var folder = Path.GetFullPath(After("--data") ?? Path.Combine(AppContext.BaseDirectory, "bench-data"));
if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
var report = new Report();
report.Begin($"make bench ARGS=\"{string.Join(' ', args)}\"");
var universe = new LoadUniverse();
var samples = isQuick ? 101 : 401;
if (Wants("micro")) new MicroRun(universe, report, samples).Run();
if (Wants("micro")) new TransactionRun(report, samples).Run();
var pipeline = new PipelineRun(universe, report, folder, isQuick);
if (After("--rates") is { } rates)
{
    await pipeline.Hold(Array.ConvertAll(rates.Split(','), rate => double.Parse(rate, CultureInfo.InvariantCulture)));
    return 0;
}
if (Wants("feed")) await new FeedRun(universe, report).Run();
if (Wants("market") || Wants("latency")) await pipeline.Market(isLatencyAlone: !Wants("market"));
if (Wants("baseline")) await pipeline.Baseline();
if (Wants("storm")) await pipeline.Storm();
report.Write(After("--json") ?? Path.Combine("artifacts", "benchmarks.json"));
return After("--slo") is not { } slo || Limits.Read(slo).Check(report) ? 0 : 1;
