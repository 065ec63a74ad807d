using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Mev.Fixtures.Kafka;

/// <summary>
/// One real broker on loopback. <c>MEV_KAFKA_HOME</c> is a folder with the script <c>kafka</c>, which starts, kills,
/// freezes and restarts it; without it these tests are skipped by name, and with <c>MEV_REQUIRE_SERVICES=1</c> they
/// fail.
/// </summary>
public sealed class KafkaBroker : IDisposable
{
    private const string Node = "1";
    private const int AttemptsMax = 3;

    private static readonly string? Home = Environment.GetEnvironmentVariable("MEV_KAFKA_HOME");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mev-kafka-");
    private readonly string _data = "";
    private readonly string? _bootstrap;

    public KafkaBroker()
    {
        for (var attempt = 1; Home is not null && _bootstrap is null; attempt++)
        {
            try
            {
                _data = Path.Combine(_folder.FullName, $"{attempt}");
                _bootstrap = Run("start", "--port", $"{FreePort()}", "--partitions", "1");
            }
            catch (InvalidOperationException) when (attempt < AttemptsMax)
            {
                // somebody took one of the ports meanwhile
            }
        }
    }

    /// <summary>The address; skips or fails the test where no broker is to be had.</summary>
    public string Bootstrap
    {
        get
        {
            if (_bootstrap is null) Services.Missing("Kafka (MEV_KAFKA_HOME, with a Java runtime on PATH)");
            return _bootstrap!;
        }
    }

    public void Kill() => Run("kill", Node);

    public void Freeze() => Run("freeze", Node);

    public void Thaw() => Run("thaw", Node);

    public void Restart() => Run("restart", Node);

    public void Dispose()
    {
        if (_bootstrap is not null) Run("kill");
        _folder.Delete(recursive: true);
    }

    private string Run(string verb, params string[] arguments)
    {
        string[] command = [Path.Combine(Home!, "kafka"), verb, _data, .. arguments];
        using var script = Process.Start(new ProcessStartInfo("bash", command) { RedirectStandardOutput = true })!;
        var said = script.StandardOutput.ReadLine();
        script.WaitForExit();
        return script.ExitCode == 0
            ? said ?? ""
            : throw new InvalidOperationException($"kafka {verb} ended with code {script.ExitCode}; it said why above");
    }

    // It takes this port and the next one.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port & ~1;
    }
}
