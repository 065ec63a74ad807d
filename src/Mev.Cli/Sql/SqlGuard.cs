using Mev.Adapters.DuckDb.Sandbox;

namespace Mev.Cli.Sql;

/// <summary>
/// Ends this process when a question passes its bounds and does not heed DuckDB's own: one long step that looks at no
/// clock, or memory that DuckDB does not count. Nothing else is lost with it.
/// </summary>
internal sealed class SqlGuard : IDisposable
{
    private const long OwnBytes = 256L << 20; // what the process takes beside DuckDB's memory
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly SandboxLimits _limits;
    private readonly PrivateFolder _folder;
    private readonly long _started = TimeProvider.System.GetTimestamp();
    private readonly ITimer _timer;

    public SqlGuard(SandboxLimits limits, PrivateFolder folder)
    {
        (_limits, _folder) = (limits, folder);
        _timer = TimeProvider.System.CreateTimer(_ => Look(), null, Interval, Interval);
    }

    public static string MemoryText(SandboxLimits limits) =>
        $"the question was ended: it took more than {limits.MemoryBytes >> 20} MiB. Ask for less, or raise --memory.";

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        if (TimeProvider.System.GetElapsedTime(_started) > _limits.Time + Grace) End(StoreSandbox.TimeText(_limits));
        if (Environment.WorkingSet > _limits.MemoryBytes + OwnBytes) End(MemoryText(_limits));
    }

    private void End(string why)
    {
        Console.Error.WriteLine($"mevctl: {why}");
        _folder.Dispose();
        Environment.Exit(ExitCode.Refused);
    }
}
