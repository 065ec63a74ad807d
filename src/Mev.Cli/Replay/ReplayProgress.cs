using System.Globalization;

namespace Mev.Cli.Replay;

/// <summary>
/// Tells on the error output how far a long run is, since its results come at the end: at once, and then every two
/// seconds. For several threads at a time.
/// </summary>
internal sealed class ReplayProgress(long total, TextWriter errors, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private long _count;
    private long? _toldAt;

    /// <summary>One more decision was looked at.</summary>
    public void Looked()
    {
        lock (_gate)
        {
            _count++;
            Tell();
        }
    }

    /// <summary>Says how far it is when that is due.</summary>
    public void Tell()
    {
        lock (_gate)
        {
            if (_toldAt is { } at && time.GetElapsedTime(at) < Interval) return;
            _toldAt = time.GetTimestamp();
            errors.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"mevctl: {_count:N0} of {total:N0} decisions looked at"));
        }
    }
}
