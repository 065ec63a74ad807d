using System.Diagnostics;
using HdrHistogram;
using Mev.Benchmarks.Reports;
using Mev.Fixtures.Streams;
using Mev.Journal;
using Mev.Journal.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Mev.Benchmarks.Streams;

/// <summary>
/// Messages through the real gateway to clients over loopback, all in this process. Latencies count from the moment
/// that a record is durable. One more client is always there that subscribes and reads nothing.
/// </summary>
internal sealed class StreamRun(Report report, string folder, bool isQuick)
{
    private const string Channel = "decisions/1";
    private const double HeldMs = 10;
    private static readonly double[] DeliveredRates = [0.5e6, 1.05e6, 1.5e6, 2e6, 3e6];

    private readonly TimeSpan _warmUp = TimeSpan.FromSeconds(isQuick ? 2 : 5);
    private readonly TimeSpan _window = TimeSpan.FromSeconds(isQuick ? 4 : 15);

    public async Task Run()
    {
        var log = new PacedLog();
        Report.Section($"Streams: decision summaries, from records of {log.RecordBytes} B, one stalled client present");
        await FanOut(10);
        await FanOut(100);
        await FromJournal();
    }

    private async Task FanOut(int clients)
    {
        var best = default((double Delivered, double P99Ms, double GrowthMb, string Note)?);
        foreach (var rate in DeliveredRates)
        {
            var held = await Hold(clients, rate);
            if (best is not null && held.P99Ms >= HeldMs) break;
            best = held;
            if (held.P99Ms >= HeldMs) break;
        }
        var (delivered, p99, growth, note) = best!.Value;
        report.Add(Figure.Of($"stream, {clients} clients: delivered", delivered, "messages/s", note));
        report.Add(Figure.Of($"stream, {clients} clients: P99", p99, "ms", "from durable to received"));
        report.Add(Figure.Of($"stream, {clients} clients: memory growth", growth, "MB", "working set over the window"));
    }

    private async Task<(double Delivered, double P99Ms, double GrowthMb, string Note)> Hold(int count, double rate)
    {
        var log = new PacedLog();
        await using var host = await StreamHost.Start(log);
        using var ended = new CancellationTokenSource();
        var clients = new List<CountingClient>();
        for (var i = 0; i < count; i++) clients.Add(await CountingClient.Connect(host.Url, Channel));
        var stalls = Stall(host.Url, ended.Token);
        log.SetRate(rate / count);
        var reading = clients.ConvertAll(
            client => Task.Run(() => client.Read(log.DueAt, long.MaxValue, ended.Token)));
        await Task.Delay(_warmUp, TimeProvider.System);
        foreach (var client in clients) client.Reset();
        var (before, memory) = (clients.Sum(client => client.Count), WorkingSetMb());
        var startedAt = Stopwatch.GetTimestamp();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        await Task.Delay(_window, TimeProvider.System);
        var seconds = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        var delivered = (clients.Sum(client => client.Count) - before) / seconds;
        var growth = WorkingSetMb() - memory;
        var cores = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds / seconds;
        await ended.CancelAsync();
        await Task.WhenAll(reading);
        var cutOff = await stalls;
        var latency = new LongHistogram(60_000_000_000, 3);
        foreach (var client in clients) latency.Add(client.Latency);
        var holes = clients.Sum(client => client.Holes);
        foreach (var client in clients) client.Dispose();
        var p99 = latency.GetValueAtPercentile(99) / 1e6;
        var note = $"offered {rate:#,0}, P50 {latency.GetValueAtPercentile(50) / 1e6:0.0} ms, P99.9 "
            + $"{latency.GetValueAtPercentile(99.9) / 1e6:0.0} ms, {cores:0.00} cores with the clients, {holes} holes, "
            + $"the stalled client was cut off {cutOff} times";
        Console.WriteLine(
            FormattableString.Invariant($"  {count} clients: {delivered:#,0}/s, P99 {p99:0.0} ms, {note}"));
        return (delivered, p99, growth, note);
    }

    /// <summary>Subscribes, reads nothing, is cut off, and comes again.</summary>
    private static async Task<int> Stall(Uri url, CancellationToken cancellationToken)
    {
        var cutOff = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            using var client = await CountingClient.Connect(url, Channel);
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(6), TimeProvider.System, cancellationToken);
                await client.Read(null, long.MaxValue, cancellationToken); // up to where it was cut off
                cutOff++;
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
        return cutOff;
    }

    /// <summary>All of a journal to a client that begins at its first record.</summary>
    private async Task FromJournal()
    {
        var records = isQuick ? 400_000 : 2_000_000;
        using var metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();
        await using var log = new SqliteLog(
            Options.Create(new SqliteLogOptions { Path = Path.Combine(folder, "stream.db") }), TimeProvider.System,
            metrics.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), NullLogger<SqliteLog>.Instance);
        var partition = new LogPartition(LogTopics.Audit, 1);
        for (var first = 0; first < records; first += 4_000)
            await log.Append(partition, [.. Enumerable.Range(first, 4_000).Select(i => RecordedDecisions.Skip(i))]);
        await using var host = await StreamHost.Start(log);
        using var client = await CountingClient.Connect(host.Url, Channel, from: 0);
        var startedAt = Stopwatch.GetTimestamp();
        await client.Read(null, records, CancellationToken.None);
        var perSecond = client.Count / Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        report.Add(Figure.Of(
            "stream, journal to one client", perSecond, "messages/s",
            $"{client.Count:#,0} distinct records from their beginning, {client.Holes} holes"));
    }

    private static double WorkingSetMb() => Environment.WorkingSet / 1048576.0;
}
