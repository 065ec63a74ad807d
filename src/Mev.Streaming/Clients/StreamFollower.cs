using Google.Protobuf;
using Mev.Contracts.V1.Streams;

namespace Mev.Streaming.Clients;

/// <summary>
/// A client's side of one subscription, over any number of connections: it knows where to go on, applies values, and
/// sees what does not fit. Whoever owns the connection asks for <see cref="Request"/> at each new one and hands on the
/// messages of its id, and of heartbeats its number.
/// </summary>
/// <param name="channel">What it follows.</param>
/// <param name="filter">What it wants of a lossless one; null for everything from the end on.</param>
public sealed class StreamFollower(string channel, RecordFilter? filter = null)
{
    private ByteString _epoch = ByteString.Empty;
    private ulong _next; // after the last message that was applied, modulo 2^64
    private ulong _complete; // after the last number that there is no message of any more
    private bool _hasPlace;

    /// <summary>Values by key, of a conflated channel.</summary>
    public FollowedState State { get; } = new();

    /// <summary>Of the channel; unspecified before the answer.</summary>
    public Class Class { get; private set; }

    /// <summary>The number after the last one that it has everything up to; null where it has no place yet.</summary>
    public ulong? Next => _hasPlace ? Math.Max(_next, _complete) : null;

    /// <summary>Epochs that began while it followed: of a lossless channel, logs.</summary>
    public int Epochs { get; private set; }

    /// <summary>What to ask a new connection for.</summary>
    public Subscribe Request(uint id)
    {
        var request = new Subscribe { Id = id, Channel = channel };
        var wanted = filter?.Clone() ?? new RecordFilter();
        if (Next is > 0 and var next)
        {
            request.Resume = new Resume { Epoch = _epoch, Seq = next - 1 };
            wanted.ClearFromSeq();
        }
        else if (Next is 0 && Class == Class.Lossless)
        {
            wanted.FromSeq = 0; // nothing came before the log's first number
        }
        request.Filter = wanted.ToByteString();
        return request;
    }

    /// <summary>Forgets its place: the next request gets a snapshot, or begins where the filter says.</summary>
    public void Forget()
    {
        (_epoch, _hasPlace, _next, _complete) = (ByteString.Empty, false, 0, 0);
        State.Clear();
    }

    /// <summary>Applies a message of the subscription, or an error that names it.</summary>
    public FollowStep Apply(ServerMessage message) => message.MCase switch
    {
        ServerMessage.MOneofCase.Subscribed => Begin(message.Subscribed),
        ServerMessage.MOneofCase.Snapshot => Take(message.Snapshot, message.Seq),
        ServerMessage.MOneofCase.Delta => Take(message),
        ServerMessage.MOneofCase.Gap => Take(message.Gap),
        ServerMessage.MOneofCase.Check => Verify(message),
        ServerMessage.MOneofCase.Error => FollowStep.Refused,
        _ => FollowStep.Progress,
    };

    /// <summary>Takes the number that a heartbeat has for the subscription.</summary>
    public FollowStep Complete(ulong seq)
    {
        if (!_hasPlace) return FollowStep.Broken;
        if (Class != Class.Lossless) return seq + 1 == _next ? FollowStep.Progress : FollowStep.Broken;
        if (seq + 1 < _next) return FollowStep.Broken;
        _complete = Math.Max(_complete, seq + 1);
        return FollowStep.Progress;
    }

    private FollowStep Begin(Subscribed answer)
    {
        if (!answer.Epoch.Equals(_epoch)) Epochs++;
        (_epoch, Class) = (answer.Epoch, answer.Class);
        if (!answer.Resumed) State.Clear();
        _hasPlace = answer.Resumed || Class == Class.Lossless; // else the snapshot has it
        (_next, _complete) = (answer.NextSeq, answer.NextSeq);
        return FollowStep.Progress;
    }

    private FollowStep Take(Snapshot part, ulong seq)
    {
        if (_hasPlace) State.Clear(); // the server began anew
        _hasPlace = part.Last;
        _next = seq + 1;
        foreach (var entry in part.Entries) State.Set(entry.Key.Memory, entry.Value.Memory);
        return part.Last ? FollowStep.State : FollowStep.Progress;
    }

    private FollowStep Take(ServerMessage message)
    {
        var follows = message.HasPrevSeq ? unchecked(message.PrevSeq + 1) == _next : message.Seq == _next;
        if (!_hasPlace || !follows || (message.HasPrevSeq && message.Seq < _next)) return FollowStep.Broken;
        _next = message.Seq + 1;
        if (Class != Class.Conflated) return FollowStep.Value;
        var entry = message.Delta.Entry;
        if (message.Delta.Removed) State.Remove(entry.Key.Memory);
        else State.Set(entry.Key.Memory, entry.Value.Memory);
        return FollowStep.Value;
    }

    private FollowStep Take(Gap gap)
    {
        if (!_hasPlace || gap.From != _next || gap.To < gap.From) return FollowStep.Broken;
        _next = gap.To + 1;
        return gap.Reason == Reason.Conflation ? FollowStep.Progress : FollowStep.Lost;
    }

    private FollowStep Verify(ServerMessage message)
    {
        if (!_hasPlace || message.Seq + 1 != _next) return FollowStep.Broken;
        var own = State.Check(message.Seq);
        return own.Sum == message.Check.Crc32C && own.Entries == message.Check.Entries
            ? FollowStep.Progress
            : FollowStep.Diverged;
    }
}
