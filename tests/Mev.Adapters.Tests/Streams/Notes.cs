using System.Collections.Concurrent;

namespace Mev.Adapters.Tests.Streams;

/// <summary>What arrived of each stream, with its offset, in the order of arrival.</summary>
internal static class Notes
{
    public const string Namespace = "notes";

    /// <summary>Numbers from here on are not taken at the first try.</summary>
    public const int SecondTry = 1_000_000;

    private static readonly ConcurrentDictionary<string, ConcurrentQueue<(int Number, long Offset)>> Arrived = new();
    private static readonly ConcurrentDictionary<(string Stream, int Number), bool> Tried = new();
    private static readonly ConcurrentDictionary<string, bool> Closed = new();

    public static ConcurrentQueue<(int Number, long Offset)> Of(string stream) =>
        Arrived.GetOrAdd(stream, _ => new ConcurrentQueue<(int, long)>());

    /// <summary>The numbers without those that came again: at least once means that some may.</summary>
    public static int[] Once(string stream) =>
        [.. Of(stream).DistinctBy(note => note.Offset).Select(note => note.Number)];

    /// <summary>From now on nothing of a stream is taken.</summary>
    public static void Close(string stream) => Closed[stream] = true;

    /// <summary>It is again, and what was taken before is forgotten.</summary>
    public static void Open(string stream)
    {
        Of(stream).Clear();
        Closed.TryRemove(stream, out _);
    }

    /// <summary>Whether somebody was about to take a number.</summary>
    public static bool WasTried(string stream, int number) => Tried.ContainsKey((stream, number));

    /// <summary>Notes a number, or does not take it: one below 0 never.</summary>
    public static void Take(string stream, int number, long offset)
    {
        var isFirst = Tried.TryAdd((stream, number), true);
        if (number < 0 || (number >= SecondTry && isFirst) || Closed.ContainsKey(stream))
            throw new InvalidOperationException($"{number} is not taken");
        Of(stream).Enqueue((number, offset));
    }
}
