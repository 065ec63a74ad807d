using Mev.Grains.Abstractions.Streams;
using Mev.Grains.Streams;

namespace Mev.Grains.Strategies;

/// <summary>Tells who observes the strategy.</summary>
internal sealed partial class StrategyGrain
{
    private StateWatch? _watch;
    private long _toldOffset = -1;

    public ValueTask Observe(IStateObserver observer)
    {
        _watch ??= new StateWatch(logger);
        _watch.Add(this, observer, TellObservers);
        _toldOffset = -1; // whoever asks is told how it is
        return ValueTask.CompletedTask;
    }

    private async Task TellObservers()
    {
        if (_watch is null || _toldOffset == _fold.NextOffset) return;
        _toldOffset = _fold.NextOffset;
        var view = await Describe();
        await _watch.Tell(observer => observer.Strategy(view));
    }
}
