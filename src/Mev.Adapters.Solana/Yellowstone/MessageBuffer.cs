using System.Diagnostics.CodeAnalysis;
using Mev.Adapters.Solana.Yellowstone.Wire;

namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>
/// What was read and not yet taken, in order, bounded in number and bytes. At a bound the reader of the connection
/// waits, so that nothing is lost here: the server holds what follows, or cuts the connection. One adds, one takes.
/// </summary>
internal sealed class MessageBuffer(int messagesMax, long bytesMax, YellowstoneCounts counts)
{
    private readonly Lock _gate = new();
    private readonly Queue<(SubscribeUpdate Message, int Bytes, long ArrivedNs)> _messages = new();
    private long _bytes;
    private bool _isComplete;
    private TaskCompletionSource? _room;
    private TaskCompletionSource? _arrival;

    /// <summary>When the first message that was taken last had arrived.</summary>
    public long ArrivedNs { get; private set; }

    /// <summary>Adds a message; waits while there is no room. A message alone always has room.</summary>
    public async ValueTask Add(
        SubscribeUpdate message, int bytes, long arrivedNs, CancellationToken cancellationToken)
    {
        while (!TryAdd(message, bytes, arrivedNs, out var room))
        {
            counts.BufferWaited();
            await room.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Nothing is added any more.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _isComplete = true;
            _arrival?.TrySetResult();
        }
    }

    /// <summary>
    /// Moves everything that is there into <paramref name="taken"/>, up to a number; waits for the first one. False
    /// when nothing is there and nothing will come.
    /// </summary>
    public async ValueTask<bool> Take(List<SubscribeUpdate> taken, int most, CancellationToken cancellationToken)
    {
        taken.Clear();
        while (true)
        {
            Task arrival;
            lock (_gate)
            {
                for (var i = 0; i < most && _messages.TryDequeue(out var entry); i++)
                {
                    if (i == 0) ArrivedNs = entry.ArrivedNs;
                    taken.Add(entry.Message);
                    _bytes -= entry.Bytes;
                }
                if (taken.Count > 0) _room?.TrySetResult();
                if (taken.Count > 0 || _isComplete) return taken.Count > 0;
                _arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                arrival = _arrival.Task;
            }
            await arrival.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private bool TryAdd(
        SubscribeUpdate message, int bytes, long arrivedNs, [NotNullWhen(false)] out Task? room)
    {
        lock (_gate)
        {
            var hasRoom = _messages.Count < messagesMax && (_bytes + bytes <= bytesMax || _messages.Count == 0);
            if (!hasRoom)
            {
                _room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _room.Task;
                return false;
            }
            _messages.Enqueue((message, bytes, arrivedNs));
            _bytes += bytes;
            _arrival?.TrySetResult();
            room = null;
            return true;
        }
    }
}
