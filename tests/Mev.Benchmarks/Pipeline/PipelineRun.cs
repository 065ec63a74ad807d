using Mev.Benchmarks.Baseline;
using Mev.Benchmarks.Loads;
using Mev.Benchmarks.Reports;

namespace Mev.Benchmarks.Pipeline;

/// <summary>The whole engine under the two workloads, the baseline under the first, and SQLite alone.</summary>
internal sealed class PipelineRun(LoadUniverse universe, Report report, string folder, bool isQuick)
{
    private const double Standard = 100_000; // candidates per second
    private const double P99MaxMs = 8;
    private const double FallenBehindMs = 500;

    // So many touch every account within the 32 slots whose versions are kept: from then on the store grows no more.
    private const double SteadyRate = 2e6;
    private static readonly TimeSpan SteadyAfter = TimeSpan.FromSeconds(16);

    private static readonly TimeProvider Time = TimeProvider.System;

    private readonly TimeSpan _warm = TimeSpan.FromSeconds(isQuick ? 0.5 : 1.5);
    private readonly TimeSpan _window = TimeSpan.FromSeconds(isQuick ? 1.5 : 3);
    private readonly int _refinements = isQuick ? 1 : 3;

    public async Task Market(bool isLatencyAlone)
    {
        var started = Time.GetTimestamp();
        await using var engine = await Engine.Start(universe, LoadMix.Market, Path.Combine(folder, "market"));
        var meter = new Meter(engine, universe.TouchedPerUpdate);
        Report.Section($"Pipeline, {engine.Feed.Description}, {universe.TouchedPerUpdate:F1} touched an update");
        report.Add(Figure.Of("cold start", Time.GetElapsedTime(started).TotalSeconds, "s", "host, journal, layout"));
        await Latency(engine, meter);
        if (isLatencyAlone) return;
        foreach (var rate in isQuick ? new[] { 1e6 } : [3e5, 1e6, 3e6])
            Rates(await meter.Run(rate, _warm, _window));
        await Burst(engine, meter);
        await meter.Run(SteadyRate, SteadyAfter, TimeSpan.Zero);
        var best = await CapacitySearch.Find(
            1e5, _refinements, rate => meter.Run(rate, _warm, _window), s => Sample.Ms(s.ToEvaluated, 99) < P99MaxMs);
        var capacity = best?.EvaluatedPerSecond ?? 0;
        var detail = best is null ? "none" : Describe(best);
        report.Add(Figure.Of("capacity, market", capacity, "candidates/s", detail));
        report.Add(Figure.Of("garbage at capacity", best?.GarbagePerCandidate ?? double.NaN, "B/candidate"));
        report.Add(Figure.Of("CPU at capacity", best?.CpuNsPerCandidate ?? double.NaN, "ns/candidate", "all threads"));
    }

    /// <summary>Holds these rates of the market one after the other: for a profiler to watch.</summary>
    public async Task Hold(double[] rates)
    {
        await using var engine = await Engine.Start(universe, LoadMix.Market, Path.Combine(folder, "market"));
        var meter = new Meter(engine, universe.TouchedPerUpdate);
        Report.Section($"Pipeline, {engine.Feed.Description}");
        foreach (var rate in rates) Rates(await meter.Run(rate, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10)));
    }

    public async Task Baseline()
    {
        await using var baseline = await BaselineRun.Start(universe, Path.Combine(folder, "baseline"));
        Report.Section("Baseline, market: an awaited call to a pool grain, which awaits a strategy grain");
        var best = await CapacitySearch.Find(
            50_000, _refinements,
            async rate =>
            {
                var (perSecond, p99) = await baseline.Run(rate, _warm, _window);
                return Tuple.Create(perSecond, p99);
            },
            result => result.Item2 < P99MaxMs);
        report.Add(Figure.Of(
            "capacity, baseline", best?.Item1 ?? 0, "candidates/s", $"P99 {best?.Item2 ?? double.NaN:F2} ms"));
        report.Add(Figure.Of(
            "capacity over baseline", report.Value("capacity, market") / (best?.Item1 ?? double.NaN), "x"));
    }

    /// <summary>The market with a wallet: event bytes in, signed bundle bytes out.</summary>
    public async Task Signed()
    {
        var wallet = new LoadWallet(universe);
        await using var engine = await Engine.Start(
            universe, LoadMix.Market, Path.Combine(folder, "signed"), wallet);
        var meter = new Meter(engine, universe.TouchedPerUpdate);
        Report.Section($"Signed bundles, {engine.Feed.Description}");
        foreach (var rate in new[] { Standard, 3 * Standard })
        {
            await meter.Run(rate, TimeSpan.FromSeconds(5), TimeSpan.Zero);
            engine.Signed.Take();
            var sample = await meter.Window(rate, TimeSpan.FromSeconds(isQuick ? 8 : 20));
            var left = engine.Signed.Take();
            var note = $"{left.TotalCount} bundles, {Describe(sample)}";
            report.Add(Figure.Of($"{rate / 1e3:0} k: signed bytes out P50", Sample.Ms(left, 50), "ms", note));
            report.Add(Figure.Of($"{rate / 1e3:0} k: signed bytes out P99", Sample.Ms(left, 99), "ms"));
        }
    }

    public async Task Storm()
    {
        await using var engine = await Engine.Start(universe, LoadMix.Storm, Path.Combine(folder, "storm"));
        var meter = new Meter(engine, universe.TouchedPerUpdate);
        Report.Section($"Pipeline, {engine.Feed.Description}");
        await meter.Run(Standard, _warm, 2 * _window); // gaps open and close about evenly from then on
        Sample? best = null;
        foreach (var decisions in isQuick ? new[] { 5e3, 20e3, 100e3 } : [5e3, 10e3, 20e3, 50e3, 100e3, 150e3])
        {
            var sample = await meter.Run(decisions / 0.05, _warm, _window);
            report.Add(Figure.Of(
                $"storm, {decisions / 1e3:0} k/s offered: decided and durable", sample.DecisionsPerSecond,
                "decisions/s", Describe(sample)));
            if (best is null || sample.DecisionsPerSecond > best.DecisionsPerSecond) best = sample;
            // Beyond what it holds the feed falls behind, and what is older than two slots is stale: nothing to decide.
            if (Sample.Ms(sample.ToEvaluated, 99) > FallenBehindMs) break;
        }
        report.Add(Figure.Of("storm, decisions", best!.DecisionsPerSecond, "decisions/s", Describe(best)));
        report.Add(Figure.Of(
            "storm, CPU for a decision", best.CpuSeconds * 1e6 / Math.Max(1, best.Decisions), "us", "all threads"));
    }

    private async Task Latency(Engine engine, Meter meter)
    {
        var seconds = TimeSpan.FromSeconds(isQuick ? 8 : 20);
        var sample = await meter.Run(Standard, TimeSpan.FromSeconds(5), seconds);
        var note = $"from 5 s after the start on, {sample.Decisions} decisions; {Describe(sample)}";
        report.Add(Figure.Of("100 k: evaluated P50", Sample.Ms(sample.ToEvaluated, 50), "ms"));
        report.Add(Figure.Of("100 k: evaluated P99", Sample.Ms(sample.ToEvaluated, 99), "ms"));
        report.Add(Figure.Of("100 k: chosen P50", Sample.Ms(sample.ToDecided, 50), "ms", note));
        report.Add(Figure.Of("100 k: chosen P99", Sample.Ms(sample.ToDecided, 99), "ms"));
        report.Add(Figure.Of("100 k: durable P50", Sample.Ms(sample.ToDurable, 50), "ms"));
        report.Add(Figure.Of("100 k: durable P99", Sample.Ms(sample.ToDurable, 99), "ms"));
        engine.Feed.SetRate(0);
        var bytes = (int)((sample.AuditBytes + sample.BlobBytes) / Math.Max(1, sample.Decisions));
        var bare = await BareCommits.Measure(folder, bytes, isQuick ? 100 : 400, TimeSpan.Zero);
        var bareMs = Sample.Ms(bare, 50);
        report.Add(Figure.Of(
            "bare SQLite commit P50", bareMs, "ms", $"{bytes} B, P99 {Sample.Ms(bare, 99):F2} ms, FULL, same disk"));
        var paced = await BareCommits.Measure(folder, bytes, isQuick ? 40 : 100, TimeSpan.FromMilliseconds(40));
        report.Add(Figure.Of(
            "bare SQLite commit P50, one each 40 ms", Sample.Ms(paced, 50), "ms",
            FormattableString.Invariant($"P99 {Sample.Ms(paced, 99):F2} ms: as rare as the decisions")));
        report.Add(Figure.Of("durable P50 over bare", Sample.Ms(sample.ToDurable, 50) / bareMs, "x"));
    }

    private void Rates(Sample sample)
    {
        var name = $"{sample.OfferedPerSecond / 1e3:0} k";
        report.Add(Figure.Of($"{name}: evaluated P50", Sample.Ms(sample.ToEvaluated, 50), "ms", Describe(sample)));
        report.Add(Figure.Of($"{name}: evaluated P99", Sample.Ms(sample.ToEvaluated, 99), "ms"));
        report.Add(Figure.Of($"{name}: garbage", sample.GarbagePerCandidate, "B/candidate"));
    }

    private async Task Burst(Engine engine, Meter meter)
    {
        await meter.Run(Standard, _warm, _warm);
        engine.Feed.SetRate(3 * Standard / universe.TouchedPerUpdate);
        var (depth, oldestMs, from) = (0, 0.0, Time.GetTimestamp());
        while (Time.GetElapsedTime(from) < _window)
        {
            depth = Math.Max(depth, (await engine.Shard()).Depth);
            oldestMs = Math.Max(oldestMs, engine.Probe.OldestNs / 1e6);
            await Task.Delay(TimeSpan.FromMilliseconds(5), Time);
        }
        engine.Feed.SetRate(Standard / universe.TouchedPerUpdate);
        from = Time.GetTimestamp();
        while (engine.Probe.OldestNs > P99MaxMs * 1e6 && Time.GetElapsedTime(from).TotalSeconds < 10)
            await Task.Delay(TimeSpan.FromMilliseconds(1), Time);
        var recovered = Time.GetElapsedTime(from).TotalSeconds;
        report.Add(Figure.Of("burst 300 k: mailbox depth", depth, "pools", "highest seen, every 5 ms"));
        report.Add(Figure.Of("burst 300 k: oldest update", oldestMs, "ms", "highest seen"));
        report.Add(Figure.Of("burst 300 k: recovery", recovered, "s"));
    }

    private static string Describe(Sample s) => FormattableString.Invariant(
        $"offered {s.OfferedPerSecond:#,0}, evaluated {s.EvaluatedPerSecond:#,0}/s, ")
        + FormattableString.Invariant($"P99 {Sample.Ms(s.ToEvaluated, 99):0.##} ms, ")
        + FormattableString.Invariant($"sized {s.SizedShare:P3}, opportunities {s.OpportunityShare:P3}, ")
        + FormattableString.Invariant($"{s.DecisionsPerSecond:#,0} decisions/s, {s.IntentShare:P2} submit, ")
        + FormattableString.Invariant($"{s.BytesPerDecision:0} B a record, {s.BytesPerAppend:0} B an append, ")
        + FormattableString.Invariant($"{s.GarbagePerCandidate:0.#} B garbage and {s.CpuNsPerCandidate:0} ns CPU ")
        + "a candidate, "
        + FormattableString.Invariant($"{s.Collections} collections paused {s.PauseMs:0} of {s.Seconds * 1e3:0} ms");
}
