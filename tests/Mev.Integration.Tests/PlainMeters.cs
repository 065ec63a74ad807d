using System.Diagnostics.Metrics;

namespace Mev.Integration.Tests;

/// <summary>Meters that nobody listens to, for a journal that is opened beside its host.</summary>
internal sealed class PlainMeters : IMeterFactory
{
    public Meter Create(MeterOptions options) => new(options);

    public void Dispose()
    {
    }
}
