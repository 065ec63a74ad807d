using System.Globalization;

namespace Mev.Cli.Audits;

/// <summary>Tells on the error output how far a long audit is, every two seconds, where there is no bar.</summary>
internal sealed class AuditProgress(long total, TextWriter errors, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private long _toldAt = time.GetTimestamp();
    private long _count;

    /// <summary>So many more records were looked at.</summary>
    public void Looked(long count)
    {
        _count += count;
        if (time.GetElapsedTime(_toldAt) < Interval) return;
        _toldAt = time.GetTimestamp();
        errors.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"mevctl: {_count:N0} of {total:N0} records looked at"));
    }
}
