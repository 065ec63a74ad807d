using System.Diagnostics;
using Mev.Domain.Opportunities;

namespace Mev.Benchmarks.Pipeline;

/// <summary>Offers a rate to an engine and measures a window of it.</summary>
internal sealed class Meter(Engine engine, double touchedPerUpdate)
{
    private static readonly TimeProvider Time = TimeProvider.System;

    /// <summary>Sets the rate, waits, then measures.</summary>
    public async Task<Sample> Run(double candidatesPerSecond, TimeSpan warm, TimeSpan measured)
    {
        engine.Feed.SetRate(candidatesPerSecond / touchedPerUpdate);
        await Task.Delay(warm, Time);
        return await Window(candidatesPerSecond, measured);
    }

    /// <summary>Measures at the present rate.</summary>
    public async Task<Sample> Window(double candidatesPerSecond, TimeSpan measured)
    {
        engine.Probe.Take();
        var before = Read();
        var from = Time.GetTimestamp();
        await Task.Delay(measured, Time);
        var after = Read();
        var seconds = Time.GetElapsedTime(from).TotalSeconds;
        var (evaluated, decided, durable) = engine.Probe.Take();
        return new Sample
        {
            OfferedPerSecond = candidatesPerSecond,
            Seconds = seconds,
            Updates = after.Updates - before.Updates,
            Evaluated = after.Counts.Evaluated - before.Counts.Evaluated,
            Sized = after.Counts.Sized - before.Counts.Sized,
            Opportunities = after.Counts.Opportunities - before.Counts.Opportunities,
            Decisions = after.Log.Decisions - before.Log.Decisions,
            Intents = after.Log.Intents - before.Log.Intents,
            Appends = after.Log.Appends - before.Log.Appends,
            AuditBytes = after.Log.AuditBytes - before.Log.AuditBytes,
            BlobBytes = after.Log.BlobBytes - before.Log.BlobBytes,
            AllocatedBytes = after.Allocated - before.Allocated,
            CpuSeconds = (after.Cpu - before.Cpu).TotalSeconds,
            PauseMs = (after.Pause - before.Pause).TotalMilliseconds,
            Collections = after.Collections - before.Collections,
            Lost = after.Lost - before.Lost,
            ToEvaluated = evaluated,
            ToDecided = decided,
            ToDurable = durable,
        };
    }

    private Reading Read()
    {
        using var process = Process.GetCurrentProcess();
        return new Reading(
            engine.Progress.Counts, engine.Log.Counts, engine.Feed.Sent, GC.GetTotalAllocatedBytes(),
            process.TotalProcessorTime, GC.GetTotalPauseDuration(), GC.CollectionCount(0), engine.Probe.Lost);
    }

    private readonly record struct Reading(
        DrainCounts Counts,
        (long Appends, long Decisions, long Intents, long AuditBytes, long BlobBytes) Log,
        long Updates,
        long Allocated,
        TimeSpan Cpu,
        TimeSpan Pause,
        int Collections,
        long Lost);
}
