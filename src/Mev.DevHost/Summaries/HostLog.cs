using System.Globalization;
using System.Text;

namespace Mev.DevHost.Summaries;

/// <summary>
/// Where log messages go: to the output as lines, and while the live summary owns the terminal to its last rows.
/// </summary>
internal sealed class HostLog(TimeProvider time) : ILoggerProvider
{
    private const string StartFailed = "HostedServiceStartupFaulted"; // the generic host's own event

    private const int KeptMax = 6; // rows under the live summary; the oldest give way

    private readonly Lock _gate = new();
    private readonly Queue<string> _kept = new();
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
        var line = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{time.GetLocalNow():HH:mm:ss} {Word(level)} ")
            .Append(message.ReplaceLineEndings(" "));
        if (exception is not null)
            line.Append(CultureInfo.InvariantCulture, $" ({exception.GetType().Name}: {exception.Message})");
        if (level >= LogLevel.Warning) line.Append(CultureInfo.InvariantCulture, $" [{category}]");
        lock (_gate)
        {
            if (!_isHeld)
            {
                Console.Out.WriteLine(line);
                if (level >= LogLevel.Error && exception is not null) Console.Out.WriteLine(exception);
                return;
            }
            if (_kept.Count == KeptMax) _kept.Dequeue();
            _kept.Enqueue(line.ToString());
        }
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Critical => "CRIT",
        LogLevel.Error => "ERROR",
        LogLevel.Warning => "warn",
        LogLevel.Information => "info",
        _ => "debug",
    };

    private sealed class Category(HostLog log, string name) : ILogger
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
            if (eventId.Name == StartFailed) return; // the process ends with that very failure, told once
            log.Write(logLevel, name, formatter(state, exception), exception);
        }
    }
}
