using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Mev.Adapters.Solana.Yellowstone.Wire;
using Mev.Simulator.Chain;

namespace Mev.Simulator.Yellowstone;

/// <summary>
/// One stream: what waits to be sent, bounded. Told inside the chain's gate; a stream that does not keep up ends.
/// </summary>
internal sealed class Subscriber(StreamFilters filters, int messagesMax, TimeProvider time)
{
    private readonly Queue<SubscribeUpdate> _replay = new();
    private readonly Channel<SubscribeUpdate> _waiting = Channel.CreateBounded<SubscribeUpdate>(
        new BoundedChannelOptions(messagesMax) { SingleReader = true });

    /// <summary>What is asked for; replaced as a whole.</summary>
    public StreamFilters Filters { get; set; } = filters;

    /// <summary>It did not keep up and was ended for it.</summary>
    public bool IsTooSlow { get; private set; }

    /// <summary>Puts what happened before it subscribed in front of everything else.</summary>
    public void Replay(IEnumerable<ChainEvent> earlier)
    {
        var now = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        foreach (var happened in earlier)
        {
            if (Filters.Taking(happened).ToList() is { Count: > 0 } names)
                _replay.Enqueue(GeyserMessages.Of(happened, names, now));
        }
    }

    /// <summary>Something happened, or (above processed) what had happened in a slot can be told.</summary>
    public void Tell(ChainEvent happened, ChainBlocks blocks)
    {
        if (happened is SlotStepped { Step: SlotStep.Confirmed or SlotStep.Finalized } stepped
            && IsCommitment(stepped.Step) && blocks.Find(stepped.Slot) is { } block)
        {
            foreach (var inside in block.Events.Where(inside => inside is not SlotStepped)) Send(inside);
        }
        if (happened is SlotStepped || Filters.Commitment == CommitmentLevel.Processed) Send(happened);
    }

    /// <summary>Sends a message that no event makes.</summary>
    public void Send(SubscribeUpdate update)
    {
        if (_waiting.Writer.TryWrite(update)) return;
        var reason = new Status(StatusCode.DataLoss, "the subscriber does not keep up");
        if (_waiting.Writer.TryComplete(new RpcException(reason))) IsTooSlow = true;
    }

    /// <summary>Ends the stream.</summary>
    public void End(StatusCode status, string reason) =>
        _waiting.Writer.TryComplete(new RpcException(new Status(status, reason)));

    /// <summary>The messages, in order, until the stream ends.</summary>
    /// <exception cref="RpcException">It was ended.</exception>
    public async IAsyncEnumerable<(SubscribeUpdate Update, bool IsLast)> Messages(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (_replay.TryDequeue(out var earlier)) yield return (earlier, _replay.Count == 0);
        await foreach (var update in _waiting.Reader.ReadAllAsync(cancellationToken))
            yield return (update, !_waiting.Reader.TryPeek(out _));
    }

    private void Send(ChainEvent happened)
    {
        if (Filters.Taking(happened).ToList() is not { Count: > 0 } names) return;
        Send(GeyserMessages.Of(happened, names, Timestamp.FromDateTimeOffset(time.GetUtcNow())));
    }

    private bool IsCommitment(SlotStep step) => Filters.Commitment switch
    {
        CommitmentLevel.Confirmed => step == SlotStep.Confirmed,
        CommitmentLevel.Finalized => step == SlotStep.Finalized,
        _ => false,
    };
}
