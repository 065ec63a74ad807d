namespace Mev.DevHost.Summaries;

/// <summary>
/// Lets a message that repeats itself word for word through at pauses that double from one second to one minute, and
/// counts what it holds back meanwhile. Not for several threads at a time.
/// </summary>
internal sealed class LogBackoff(TimeProvider time)
{
    private const int MessagesMax = 256; // at it all are forgotten, and each is told again at once

    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(string Category, string Message), Told> _messages = [];

    /// <summary>Whether the message is told now, and how often it was held back since it was told last.</summary>
    public bool Passes(string category, string message, out long heldBack)
    {
        heldBack = 0;
        if (!_messages.TryGetValue((category, message), out var told))
        {
            if (_messages.Count == MessagesMax) _messages.Clear();
            _messages[(category, message)] = new Told { At = time.GetTimestamp(), Pause = First };
            return true;
        }
        var quiet = time.GetElapsedTime(told.At);
        if (quiet < told.Pause)
        {
            told.HeldBack++;
            return false;
        }
        heldBack = told.HeldBack;
        var next = 2 * told.Pause > Longest ? Longest : 2 * told.Pause;
        (told.At, told.HeldBack) = (time.GetTimestamp(), 0);
        told.Pause = quiet > 2 * Longest ? First : next; // so long after the last it is another outage
        return true;
    }

    private sealed class Told
    {
        public required long At { get; set; }

        public required TimeSpan Pause { get; set; }

        public long HeldBack { get; set; }
    }
}
