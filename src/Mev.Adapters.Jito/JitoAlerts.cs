using Microsoft.Extensions.Logging;

namespace Mev.Adapters.Jito;

/// <summary>Counts an alert and says it.</summary>
internal sealed partial class JitoAlerts(JitoCounts counts, ILogger logger)
{
    /// <summary>Raises an alert, with what it is about and what helps.</summary>
    public void Raise(JitoAlert alert, string about)
    {
        counts.Raised(alert);
        LogAlert(logger, alert, about);
    }

    [LoggerMessage(2000, LogLevel.Error, "Block engine: {Alert}: {About}")]
    private static partial void LogAlert(ILogger logger, JitoAlert alert, string about);
}
