using HdrHistogram;
using Mev.Benchmarks.Loads;
using Mev.Benchmarks.Pipeline;
using Mev.Domain.Chain;
using Mev.Journal.Audit;
using Mev.Journal.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Concurrency;

namespace Mev.Benchmarks.Baseline;

/// <summary>The honest small Orleans program under the same load, open loop, at most 4,096 calls under way.</summary>
internal sealed class BaselineRun(LoadUniverse universe, IHost host) : IAsyncDisposable
{
    private const int CallsMax = 4_096;
    private const long HighestNs = 60_000_000_000;

    private static readonly TimeProvider Time = TimeProvider.System;

    private readonly LoadFlow _flow = new(universe, LoadMix.Market);
    private readonly IGrainFactory _grains = host.Services.GetRequiredService<IGrainFactory>();
    private readonly SemaphoreSlim _calls = new(CallsMax);
    private readonly Lock _gate = new();
    private LongHistogram _latencies = new(HighestNs, 3);
    private long _candidates;
    private ulong _version;

    public static async Task<BaselineRun> Start(LoadUniverse universe, string folder)
    {
        var builder = Silos.New(folder, static _ => { });
        builder.Services.AddSqliteLog(builder.Configuration.GetSection("Journal"));
        builder.Services.AddSingleton(universe);
        var host = builder.Build();
        await host.StartAsync();
        var run = new BaselineRun(universe, host);
        await run.Activate();
        return run;
    }

    /// <summary>
    /// Candidates per second and the P99 in milliseconds at an offered rate; what was warmed does not count.
    /// </summary>
    public async Task<(double PerSecond, double P99Ms)> Run(
        double candidatesPerSecond, TimeSpan warm, TimeSpan measured)
    {
        var perSecond = candidatesPerSecond / universe.TouchedPerUpdate;
        using var pacer = new Pacer();
        var (started, sent, isWarm, before, windowAt) = (Time.UnixNs(), 0L, false, 0L, 0L);
        var end = started + (long)(warm + measured).TotalNanoseconds;
        for (var now = started; now < end; now = Time.UnixNs())
        {
            if (!isWarm && now >= started + (long)warm.TotalNanoseconds)
            {
                (isWarm, before, windowAt) = (true, Volatile.Read(ref _candidates), now);
                lock (_gate) _latencies = new LongHistogram(HighestNs, 3);
            }
            var dueNs = started + (long)(sent * 1e9 / perSecond);
            if (dueNs > now)
            {
                await pacer.Sleep(Math.Min(dueNs - now, 1_000_000));
                continue;
            }
            await _calls.WaitAsync();
            _ = Call(dueNs);
            sent++;
        }
        var seconds = (Time.UnixNs() - windowAt) / 1e9;
        var candidates = Volatile.Read(ref _candidates) - before;
        for (var i = 0; i < CallsMax; i++) await _calls.WaitAsync();
        _calls.Release(CallsMax);
        lock (_gate) return (candidates / seconds, Sample.Ms(_latencies, 99));
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        _calls.Dispose();
    }

    private async Task Activate()
    {
        foreach (var part in Enumerable.Range(0, universe.Pools.Length).Chunk(256))
            await Task.WhenAll(part.Select(number => Send(number, universe.Pools[number].Rest[0], 0).AsTask()));
    }

    private async Task Call(long dueNs)
    {
        try
        {
            var variant = _flow.Next();
            var candidates = await Send(_flow.Last, variant, dueNs);
            Interlocked.Add(ref _candidates, candidates);
            lock (_gate) _latencies.RecordValue(Math.Clamp(Time.UnixNs() - dueNs, 1, HighestNs));
        }
        finally
        {
            _calls.Release();
        }
    }

    private ValueTask<long> Send(int number, PoolVariant variant, long dueNs)
    {
        variant.Stamp(++_version);
        var writes = new AccountWrite[variant.Writes.Length];
        for (var i = 0; i < writes.Length; i++)
        {
            writes[i] = variant.Writes[i].Startup() with
            {
                WriteVersion = ++_version,
                Data = variant.Writes[i].Data.ToArray(),
            };
        }
        var clock = new ChainClock(LoadFeed.FirstSlot, 1_760_000_000);
        var update = new Immutable<BaselineUpdate>(new BaselineUpdate(writes, clock, dueNs));
        return _grains.GetGrain<IBaselinePoolGrain>(number).Update(update);
    }
}
