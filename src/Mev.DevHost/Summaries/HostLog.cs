using System.Globalization;
using System.Text;

namespace Mev.DevHost.Summaries;

/// <summary>
/// Where log messages go: to the output as lines, and while the live summary owns the terminal to its last rows. An
/// outage that repeats itself is told at ever longer pauses, and a trace is shown once, for what has no remedy.
/// </summary>
internal sealed class HostLog(TimeProvider time) : ILoggerProvider
{
    private const string StartFailed = "HostedServiceStartupFaulted"; // the process ends with that failure, told once
    private const string CollectorAdvice = "LogWarningSiloGc"; // Orleans' two; which collector is best was measured

    private const int KeptMax = 6; // rows under the live summary; the oldest give way

    private readonly Lock _gate = new();
    private readonly Queue<string> _kept = new();
    private readonly LogBackoff _backoff = new(time);
    private string _traced = "";
    private bool _isHeld;

    /// <summary>The newest lines, while they are held back.</summary>
    public IReadOnlyList<string> Kept
    {
        get
        {
            lock (_gate) return [.. _kept];
        }
    }

    /// <summary>Keeps lines from the terminal while something else draws there.</summary>
    public void Hold(bool isHeld)
    {
        lock (_gate) _isHeld = isHeld;
    }

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
    }

    private void Write(LogLevel level, string category, string message, Exception? exception)
    {
        var told = new StringBuilder(message.ReplaceLineEndings(" "));
        if (exception is not null)
            told.Append(CultureInfo.InvariantCulture, $" ({exception.GetType().Name}: {exception.Message})");
        lock (_gate)
        {
            var alike = 0L;
            if (level >= LogLevel.Warning && !_backoff.Passes(category, told.ToString(), out alike)) return;
            if (alike > 0) told.Append(CultureInfo.InvariantCulture, $" (as {alike} times before this)");
            if (level >= LogLevel.Warning) told.Append(CultureInfo.InvariantCulture, $" [{category}]");
            var at = time.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
            var line = $"{at} {Word(level)} {told}";
            if (!_isHeld)
            {
                Console.Out.WriteLine(line);
                if (level >= LogLevel.Error && exception is not null) Trace(exception);
                return;
            }
            if (_kept.Count == KeptMax) _kept.Dequeue();
            _kept.Enqueue(line);
        }
    }

    private void Trace(Exception exception)
    {
        var failure = $"{exception.GetType()}: {exception.Message}";
        if (failure == _traced || HostEnd.HasRemedy(exception)) return;
        _traced = failure;
        Console.Out.WriteLine(exception);
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Critical => "CRIT",
        LogLevel.Error => "ERROR",
        LogLevel.Warning => "warn",
        LogLevel.Information => "info",
        _ => "debug",
    };

    private sealed class Category(HostLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            var name = eventId.Name ?? "";
            if (name == StartFailed || name.StartsWith(CollectorAdvice, StringComparison.Ordinal)) return;
            log.Write(logLevel, category, formatter(state, exception), exception);
        }
    }
}
