using System.Threading.Channels;
using Grpc.Core;
using Mev.Adapters.Jito.Wire;

namespace Mev.Simulator.BlockEngine;

/// <summary>
/// The open streams of results. Every stream of a region is told of every bundle that was sent there, as far as the
/// switches let it.
/// </summary>
internal sealed class ResultStreams(BlockEngineOptions options, EngineTranscript transcript, TimeProvider time)
{
    private const int MessagesMax = 65_536;
    private const string TooMany = "exceeded maximum concurrent bundle result connections limit";

    private readonly Lock _gate = new();
    private readonly List<(EngineRegion Region, string Source, Channel<BundleResult> Channel)> _open = [];
    private readonly List<(EngineRegion Region, BundleResult Result)> _held = [];

    /// <summary>Streams that are open.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _open.Count;
        }
    }

    /// <summary>Opens a stream.</summary>
    /// <exception cref="RpcException">The identity has too many.</exception>
    public Channel<BundleResult> Open(EngineRegion region, string source)
    {
        var channel = Channel.CreateBounded<BundleResult>(MessagesMax);
        lock (_gate)
        {
            var refusal = new Status(StatusCode.ResourceExhausted, $"{TooMany}: {options.ResultStreamsMax}");
            if (_open.Count(stream => stream.Source == source) >= options.ResultStreamsMax)
                throw new RpcException(refusal);
            _open.Add((region, source, channel));
        }
        return channel;
    }

    /// <summary>A stream has ended.</summary>
    public void Close(Channel<BundleResult> channel)
    {
        lock (_gate) _open.RemoveAll(stream => stream.Channel == channel);
    }

    /// <summary>Ends every stream of a region.</summary>
    public void Cut(EngineRegion region)
    {
        lock (_gate)
        {
            var cut = new RpcException(new Status(StatusCode.Unavailable, "the stream was cut"));
            foreach (var stream in _open.Where(stream => stream.Region == region))
                stream.Channel.Writer.TryComplete(cut);
        }
    }

    /// <summary>Something became of a bundle.</summary>
    public void Tell(EngineBundle bundle, BundleResult result)
    {
        if (bundle.IsHidden) return;
        transcript.Tell($"{bundle.Region.Name} {result}");
        var switches = bundle.Region.Switches;
        if (switches.ResultsAreSilent) return;
        if (switches.ReversesResults)
        {
            lock (_gate) _held.Add((bundle.Region, result));
            return;
        }
        if (switches.ResultDelay > TimeSpan.Zero) _ = SendLater(bundle.Region, result, switches.ResultDelay);
        else Send(bundle.Region, result);
    }

    /// <summary>A slot has ended: what was held back comes, the last one first.</summary>
    public void EndSlot()
    {
        List<(EngineRegion Region, BundleResult Result)> held;
        lock (_gate)
        {
            held = [.. _held];
            _held.Clear();
        }
        held.Reverse();
        foreach (var (region, result) in held) Send(region, result);
    }

    private async Task SendLater(EngineRegion region, BundleResult result, TimeSpan delay)
    {
        await Task.Delay(delay, time);
        Send(region, result);
    }

    private void Send(EngineRegion region, BundleResult result)
    {
        lock (_gate)
        {
            foreach (var stream in _open.Where(stream => stream.Region == region))
            {
                var isTaken = stream.Channel.Writer.TryWrite(result)
                    && (!region.Switches.RepeatsResults || stream.Channel.Writer.TryWrite(result));
                if (isTaken) continue;
                stream.Channel.Writer.TryComplete(
                    new RpcException(new Status(StatusCode.ResourceExhausted, "the stream is not read")));
            }
        }
    }
}
