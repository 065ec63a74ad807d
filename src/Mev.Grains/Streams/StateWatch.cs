using Mev.Grains.Abstractions.Streams;
using Microsoft.Extensions.Logging;
using Orleans.Utilities;

namespace Mev.Grains.Streams;

/// <summary>
/// The observers of one grain, told at most every 250 ms, in a turn of its own; without an observer there is no turn.
/// </summary>
internal sealed class StateWatch(ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Expiry = TimeSpan.FromSeconds(30);

    private readonly ObserverManager<IStateObserver> _observers = new(Expiry, logger);
    private IGrainTimer? _timer;

    /// <summary>Adds an observer, or lets it observe for longer.</summary>
    /// <param name="grain">Whose turns tell.</param>
    /// <param name="observer">Who is told.</param>
    /// <param name="tell">Tells all of them what changed; by <see cref="Tell"/>.</param>
    public void Add(IGrainBase grain, IStateObserver observer, Func<Task> tell)
    {
        _observers.Subscribe(observer, observer);
        _timer ??= grain.RegisterGrainTimer(
            async _ =>
            {
                _observers.ClearExpired();
                if (_observers.Count > 0) await tell();
                else Stop();
            },
            new GrainTimerCreationOptions { DueTime = Interval, Period = Interval });
    }

    /// <summary>Tells every observer; one that fails is forgotten.</summary>
    public Task Tell(Func<IStateObserver, ValueTask> what) =>
        _observers.Notify(observer => what(observer).AsTask());

    private void Stop()
    {
        _timer?.Dispose();
        _timer = null;
    }
}
