using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace Mev.Adapters.Tests.Simulator.Engine;

/// <summary>
/// Sees every connection, request and look-up of a name that this process begins, with the thread that begins it.
/// </summary>
internal sealed class SocketSpy : EventListener
{
    private readonly ConcurrentQueue<(int Thread, string Event)> _seen = [];

    /// <summary>What a thread began.</summary>
    public IEnumerable<string> By(int thread) => _seen.Where(seen => seen.Thread == thread).Select(seen => seen.Event);

    /// <summary>What other threads began.</summary>
    public IEnumerable<string> ByOthers(int thread) =>
        _seen.Where(seen => seen.Thread != thread).Select(seen => seen.Event);

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name is "System.Net.Sockets" or "System.Net.Http" or "System.Net.NameResolution")
            EnableEvents(eventSource, EventLevel.Informational);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName?.EndsWith("Start", StringComparison.Ordinal) == true)
            _seen.Enqueue((Environment.CurrentManagedThreadId, $"{eventData.EventSource.Name} {eventData.EventName}"));
    }
}
