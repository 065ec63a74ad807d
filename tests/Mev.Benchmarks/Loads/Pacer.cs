using System.Runtime.InteropServices;
using System.Threading.Tasks.Sources;

namespace Mev.Benchmarks.Loads;

/// <summary>
/// Wakes one waiter at a time to some 50 us: the timers of the runtime are too coarse for arrivals, and spinning would
/// take a processor from what is measured. Stands for the network's wake-up.
/// </summary>
internal sealed partial class Pacer : IValueTaskSource, IDisposable
{
    private const long SleepMaxNs = 100_000_000;

    private readonly SemaphoreSlim _asked = new(0);
    private readonly Thread _thread;
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
    private long _sleepNs;
    private volatile bool _isEnded;

    public Pacer()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "pacer" };
        _thread.Start();
    }

    /// <summary>Completes after that many nanoseconds, at most 100 ms.</summary>
    public ValueTask Sleep(long nanoseconds)
    {
        _core.Reset();
        _sleepNs = Math.Clamp(nanoseconds, 0, SleepMaxNs);
        var waiting = new ValueTask(this, _core.Version);
        _asked.Release();
        return waiting;
    }

    public void Dispose()
    {
        _isEnded = true;
        _asked.Release();
        _thread.Join();
        _asked.Dispose();
    }

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Run()
    {
        while (true)
        {
            _asked.Wait();
            if (_isEnded) return;
            var time = new TimeSpec(0, (nint)_sleepNs);
            _ = NanoSleep(in time, 0);
            _core.SetResult(true);
        }
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int NanoSleep(in TimeSpec requested, nint remaining);

    private readonly record struct TimeSpec(nint Seconds, nint Nanoseconds);
}
