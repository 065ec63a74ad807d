using Grpc.Core;
using Mev.Adapters.Solana.Yellowstone.Wire;
using Mev.Domain.Chain;
using Mev.Simulator.Chain;

namespace Mev.Simulator.Yellowstone;

/// <summary>The open streams. Each is told what happens; one that does not keep up is ended and counted.</summary>
internal sealed class Subscribers
{
    private readonly SimulatedChain _chain;
    private readonly SimulatorOptions _options;
    private readonly StreamSwitches _switches;
    private readonly TimeProvider _time;
    private readonly List<Subscriber> _open = [];
    private long _slowDisconnects;
    private long _subscriptions;

    public Subscribers(SimulatedChain chain, SimulatorOptions options, StreamSwitches switches, TimeProvider time)
    {
        (_chain, _options, _switches, _time) = (chain, options, switches, time);
        lock (chain.Gate) chain.Happened += Tell;
    }

    /// <summary>Streams ended for not keeping up.</summary>
    public long SlowDisconnects => Interlocked.Read(ref _slowDisconnects);

    /// <summary>Streams opened so far.</summary>
    public long Subscriptions => Interlocked.Read(ref _subscriptions);

    /// <summary>Lowest slot that can be sent again; null for none.</summary>
    public Slot? FirstHeld
    {
        get
        {
            lock (_chain.Gate) return _switches.HoldsNothing ? null : _chain.Blocks.FirstHeld;
        }
    }

    /// <summary>Opens a stream.</summary>
    /// <exception cref="RpcException">It is asked for in a way that it cannot be served.</exception>
    public Subscriber Add(SubscribeRequest request)
    {
        var subscriber = new Subscriber(new StreamFilters(request), _options.SubscriberMessagesMax, _time);
        lock (_chain.Gate)
        {
            if (_switches.Refuses) throw new RpcException(new Status(StatusCode.Unavailable, "no streams now"));
            if (_open.Count >= _options.SubscribersMax)
                throw new RpcException(new Status(StatusCode.ResourceExhausted, "too many subscribers"));
            if (request.HasFromSlot) Replay(subscriber, new Slot(request.FromSlot));
            _open.Add(subscriber);
            _subscriptions++;
        }
        return subscriber;
    }

    /// <summary>Replaces what a stream asks for, between two events.</summary>
    /// <exception cref="RpcException">The request is none.</exception>
    public void Replace(Subscriber subscriber, SubscribeRequest request)
    {
        var filters = new StreamFilters(request);
        lock (_chain.Gate) subscriber.Filters = filters;
    }

    /// <summary>A stream has ended.</summary>
    public void Remove(Subscriber subscriber)
    {
        lock (_chain.Gate) _open.Remove(subscriber);
    }

    /// <summary>Ends every stream as a server that goes away would.</summary>
    public void CutAll()
    {
        lock (_chain.Gate)
        {
            foreach (var subscriber in _open) subscriber.End(StatusCode.Unavailable, "the server goes away");
            _open.Clear();
        }
    }

    private void Replay(Subscriber subscriber, Slot from)
    {
        if (_switches.HoldsNothing || from < _chain.Blocks.FirstHeld)
            throw new RpcException(new Status(StatusCode.OutOfRange, $"slot {from} is not held any more"));
        subscriber.Replay(_chain.Blocks.ToldFrom(from));
    }

    private void Tell(ChainEvent happened)
    {
        if (_switches.IsSilent) return;
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            _open[i].Tell(happened, _chain.Blocks);
            if (!_open[i].IsTooSlow) continue;
            _open.RemoveAt(i);
            _slowDisconnects++;
        }
    }
}
