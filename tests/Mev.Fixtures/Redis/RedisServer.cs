using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Mev.Fixtures.Redis;

/// <summary>
/// One real redis-server on loopback with a folder of its own, which keeps each write before it acknowledges it.
/// <c>MEV_TEST_REDIS</c> names the program, otherwise it is looked for on <c>PATH</c>; without it these tests are
/// skipped by name, and with <c>MEV_REQUIRE_SERVICES=1</c> they fail.
/// </summary>
public sealed class RedisServer : IDisposable
{
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly string? Program = Environment.GetEnvironmentVariable("MEV_TEST_REDIS") ?? OnPath();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mev-redis-");
    private readonly int _port;
    private Process? _process;

    public RedisServer()
    {
        if (Program is null) return;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            _port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        Start();
    }

    /// <summary>The address; skips or fails the test where no server is to be had.</summary>
    public string Address
    {
        get
        {
            if (Program is null) Services.Missing("redis-server (on PATH, or MEV_TEST_REDIS)");
            return $"127.0.0.1:{_port}";
        }
    }

    /// <summary>Starts it, again with what it kept.</summary>
    public void Start()
    {
        if (Program is null) return;
        _process = Process.Start(new ProcessStartInfo(Program,
        [
            "--port", $"{_port}", "--bind", "127.0.0.1", "--dir", _folder.FullName, "--save", "",
            "--appendonly", "yes", "--appendfsync", "always", "--logfile", "redis.log",
        ]))!;
        var started = TimeProvider.System.GetTimestamp();
        while (!Answers())
        {
            if (_process.WaitForExit(Look) || TimeProvider.System.GetElapsedTime(started) > StartMax)
                throw new InvalidOperationException($"redis-server does not start: {Log()}");
        }
    }

    /// <summary>Ends it with SIGKILL.</summary>
    public void Kill()
    {
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
    }

    /// <summary>One command, as <c>redis-cli</c> would send it; the first line of the answer.</summary>
    public string Ask(string command)
    {
        using var client = new TcpClient();
        client.Connect(IPAddress.Loopback, _port);
        using var stream = client.GetStream();
        stream.Write(System.Text.Encoding.ASCII.GetBytes(command + "\r\n"));
        using var reader = new StreamReader(stream);
        return reader.ReadLine() ?? "";
    }

    public void Dispose()
    {
        Kill();
        _folder.Delete(recursive: true);
    }

    private bool Answers()
    {
        try
        {
            return Ask("PING") == "+PONG"; // not while it reads what it kept
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            return false;
        }
    }

    private string Log()
    {
        var log = Path.Combine(_folder.FullName, "redis.log");
        return File.Exists(log) ? File.ReadAllText(log) : "it wrote nothing";
    }

    private static string? OnPath() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(folder => Path.Combine(folder, "redis-server")).FirstOrDefault(File.Exists);
}
