using Mev.Benchmarks;
using Mev.Benchmarks.Audits;
using Mev.Benchmarks.Loads;
using Mev.Benchmarks.Micro;
using Mev.Benchmarks.Models;
using Mev.Benchmarks.Pipeline;
using Mev.Benchmarks.Reports;
using Mev.Benchmarks.SideBySide;
using Mev.Benchmarks.Streams;

BenchArguments arguments;
Limits limits;
Report report;
try
{
    arguments = BenchArguments.Parse(args);
    limits = Limits.Read(arguments.Slo);
    report = arguments.Earlier is { } earlier ? Report.Read(earlier, limits) : new Report(limits);
}
catch (Exception failure) when (failure is FormatException or IOException or InvalidDataException)
{
    Console.Error.WriteLine($"bench: {failure.Message}");
    return 2;
}

if (arguments.Earlier is null)
{
    using var folder = new WorkFolder(arguments.Work);
    report.Begin($"make bench ARGS=\"{string.Join(' ', args)}\"");
    var universe = new LoadUniverse();
    var pipeline = new PipelineRun(universe, report, folder.Path, arguments.IsQuick);
    if (arguments.Rates is { } rates)
    {
        await pipeline.Hold(rates);
        return 0;
    }
    var samples = arguments.IsQuick ? 101 : 401;
    if (arguments.Wants("micro")) new MicroRun(universe, report, samples).Run();
    if (arguments.Wants("micro")) new TransactionRun(report, samples).Run();
    if (arguments.Wants("micro")) new ControlRun(report, samples).Run();
    if (arguments.Wants("model")) new ModelRun(report, arguments.IsQuick).Run();
    if (arguments.Wants("beside")) new SideBySideRun(universe, report, samples).Run();
    if (arguments.Wants("feed")) await new FeedRun(universe, report).Run();
    if (arguments.Wants("market") || arguments.Wants("latency"))
        await pipeline.Market(isLatencyAlone: !arguments.Wants("market"));
    if (arguments.Wants("baseline")) await pipeline.Baseline();
    if (arguments.Wants("storm")) await pipeline.Storm();
    if (arguments.Wants("signed")) await pipeline.Signed();
    if (arguments.Wants("audit")) await new AuditRun(report, folder.Path, arguments.IsQuick).Run();
    if (arguments.Wants("stream")) await new StreamRun(report, folder.Path, arguments.IsQuick).Run();
    report.Write(arguments.Json);
}
return !arguments.IsChecked || limits.Check(report) ? 0 : 1;
