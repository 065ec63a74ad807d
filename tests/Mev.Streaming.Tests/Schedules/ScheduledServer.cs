using System.Globalization;
using System.Text;
using Mev.Streaming.Channels;
using Mev.Streaming.Frames;
using Mev.Streaming.Tests.Connections;

namespace Mev.Streaming.Tests.Schedules;

/// <summary>A server whose log outlives it, and what clients should have in the end.</summary>
internal sealed class ScheduledServer : IChannelLog
{
    public const string Log = "log";
    public const string State = "state";
    private const long BeyondRingMs = 31_000;

    private readonly Mutation _mutation;
    private readonly ListLog _log = new();
    private LosslessChannel _lossless;
    private ConflatedChannel _conflated;
    private byte _life;
    private int _published;

    public ScheduledServer(Mutation mutation)
    {
        _mutation = mutation;
        Served.Bounds = Served.Bounds with { BehindNumbersMax = 12, MessagesPerSecondMax = 100 };
        (_lossless, _conflated) = Begin();
    }

    public Served Served { get; } = new();

    public IReadOnlyList<StreamMessage?> Records => _log.Records;

    public SortedDictionary<string, string> Expected { get; } = new(StringComparer.Ordinal);

    /// <summary>Restarted: the ring is empty and states have another epoch; the log is what it was.</summary>
    public void Restart() => (_lossless, _conflated) = Begin();

    public void Age()
    {
        Served.NowMs += BeyondRingMs;
        _lossless.Trim(Served.NowMs);
    }

    public void Append(int count, int kind)
    {
        var batch = new List<StreamMessage?>();
        for (var i = 0; i < count; i++)
        {
            var seq = _log.End;
            var facts = new MessageFacts((kind + i) % 3 == 0 ? "b" : "a", 1, 0);
            var isOfChannel = (kind + i) % 4 != 0;
            _log.Append(isOfChannel ? StreamMessage.Of(seq, Key(seq), "v"u8, facts) : null);
            var isLost = _mutation == Mutation.RingLosesOne && ++_published == 9;
            batch.Add(isLost ? null : _log.Records[^1]);
        }
        _lossless.Publish(batch, Served.NowMs);
    }

    public void Set(int key, int value)
    {
        var (name, text) = ($"k{key}", $"{value}");
        Expected[name] = text;
        if (_mutation == Mutation.StateForgetsOne && ++_published == 5) return;
        _conflated.Publish(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(text));
    }

    public void Remove(int key)
    {
        Expected.Remove($"k{key}");
        _conflated.Remove(Encoding.UTF8.GetBytes($"k{key}"));
    }

    public ValueTask<ChannelPage> Read(ulong from, int numbersMax, CancellationToken cancellationToken = default) =>
        _log.Read(_mutation == Mutation.LogSkipsOne ? from + 1 : from, numbersMax, cancellationToken);

    public ulong ResumeAt(ulong seq) => _mutation == Mutation.ResumeRepeatsOne && seq > 0 ? seq - 1 : seq;

    private static byte[] Key(ulong seq) => Encoding.UTF8.GetBytes(seq.ToString(CultureInfo.InvariantCulture));

    private (LosslessChannel Lossless, ConflatedChannel Conflated) Begin()
    {
        var lossless = new LosslessChannel(Log, Served.Epoch, _log.End, this, hasFacts: true);
        Served.Channels[Log] = lossless;
        var conflated = Served.Conflated(State, ++_life);
        foreach (var (key, value) in Expected)
            conflated.Publish(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value));
        return (lossless, conflated);
    }
}
