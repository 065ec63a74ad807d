using Mev.Contracts.V1.Streams;
using Mev.Streaming.Clients;
using Mev.Streaming.Connections;

namespace Mev.Streaming.Tests.Schedules;

/// <summary>A client that loses its connection, reads late, and comes back to where it was.</summary>
internal sealed class ScheduledClient
{
    private readonly ScheduledServer _server;
    private readonly StreamFollower _log;
    private readonly StreamFollower _state = new(ScheduledServer.State);
    private readonly Func<string, bool> _takes;
    private readonly List<ulong> _received = [];
    private StreamSession? _session;

    public ScheduledClient(ScheduledServer server, string? strategy)
    {
        _server = server;
        var filter = new RecordFilter { FromSeq = 0 };
        if (strategy is not null) filter.Strategies.Add(strategy);
        _log = new StreamFollower(ScheduledServer.Log, filter);
        _takes = name => strategy is null || name == strategy;
    }

    public List<string> Findings { get; } = [];

    public bool IsSlow { get; private set; }

    /// <summary>The connection is gone, with whatever was on its way.</summary>
    public void Drop() => _session = null;

    /// <summary>Reads one frame, or its beginning before the connection breaks; false when nothing came.</summary>
    public bool Read(int messagesMax = int.MaxValue)
    {
        if (_session is { Close: { } close })
        {
            IsSlow |= close.Code == 4008;
            if (close.Code is not (4008 or 4010)) Findings.Add($"closed with {close}");
            _session = null;
        }
        _session ??= Connect();
        var frame = _server.Served.Frame(_session);
        foreach (var message in frame.Take(messagesMax)) Take(message);
        if (messagesMax < frame.Count) _session = null;
        return frame.Count > 0 || _session is null or { Close: not null };
    }

    /// <summary>What is wrong now that everything was read.</summary>
    public IEnumerable<string> Check()
    {
        foreach (var finding in Findings) yield return finding;
        var expected = _server.Records.OfType<Mev.Streaming.Frames.StreamMessage>()
            .Where(message => _takes(message.Facts!.Strategy)).Select(message => message.Seq).ToList();
        if (!expected.SequenceEqual(_received))
            yield return $"received {string.Join(',', _received)}, expected {string.Join(',', expected)}";
        var state = _state.State.Values.Select(pair => $"{Text(pair.Key)}={Text(pair.Value)}").ToList();
        var told = _server.Expected.Select(pair => $"{pair.Key}={pair.Value}").ToList();
        if (!told.SequenceEqual(state))
            yield return $"state {string.Join(',', state)}, expected {string.Join(',', told)}";
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => System.Text.Encoding.UTF8.GetString(bytes.Span);

    private StreamSession Connect()
    {
        var request = _log.Request(1);
        if (request.Resume is { } resume) resume.Seq = _server.ResumeAt(resume.Seq);
        return _server.Served.Connect(
            new ClientMessage { Subscribe = request }, new ClientMessage { Subscribe = _state.Request(2) });
    }

    private void Take(ServerMessage message)
    {
        if (message.Heartbeat is { } heartbeat)
        {
            foreach (var last in heartbeat.Last) Note((last.Id == 1 ? _log : _state).Complete(last.Seq), message);
            return;
        }
        if (message.Ping is { } ping && _session is not null)
            _session.Receive(new ClientMessage { Pong = new Pong { Token = ping.Token } }, _server.Served.Now);
        if (message.Id == 0) return;
        var step = (message.Id == 1 ? _log : _state).Apply(message);
        Note(step, message);
        if (message.Id == 1 && step == FollowStep.Value) _received.Add(message.Seq);
    }

    private void Note(FollowStep step, ServerMessage message)
    {
        if (step is FollowStep.Broken or FollowStep.Diverged or FollowStep.Refused or FollowStep.Lost)
            Findings.Add($"{step}: {message}");
    }
}
