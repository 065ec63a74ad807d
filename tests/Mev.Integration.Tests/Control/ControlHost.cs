using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mev.Control.Commands;
using Mev.Control.Signatures;

namespace Mev.Integration.Tests.Control;

/// <summary>A host of development that has begun its cluster, and the keys of its four persons.</summary>
public sealed class ControlHost : IAsyncLifetime
{
    private readonly int _commandsMax;
    private readonly string[] _settings;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("control-host-");
    private readonly Dictionary<string, Ed25519PrivateKey> _keys = [];
    private readonly int[] _ports = Programs.FreePorts(3);
    private HostProcess? _host;

    public ControlHost()
        : this(10_000)
    {
    }

    /// <summary>A gateway that takes so many commands of an address, in a second and at once.</summary>
    internal ControlHost(int commandsMax, params string[] settings) =>
        (_commandsMax, _settings) = (commandsMax, settings);

    internal HostProcess Host => _host ?? throw new InvalidOperationException("not started");

    internal string Folder => _folder.FullName;

    internal string Authority => Host.Url.Authority;

    /// <summary>The port that Orleans clients reach.</summary>
    internal int OrleansPort => _ports[2];

    public async ValueTask InitializeAsync()
    {
        await Start();
        foreach (var name in new[] { "admin-1", "admin-2", "operator-1", "risk-1" })
            _keys[name] = PrivateJwk.Read(await File.ReadAllBytesAsync(KeyFile(name)))!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        foreach (var key in _keys.Values) key.Dispose();
        _folder.Delete(recursive: true);
    }

    internal string KeyFile(string name) => Path.Combine(Folder, "data", "keys", $"{name}.json");

    /// <summary>Begins where it ended, also after a kill -9.</summary>
    internal async Task Restart(Func<Task>? meanwhile = null)
    {
        await Host.DisposeAsync(); // kills it
        if (meanwhile is not null) await meanwhile();
        await Start();
    }

    internal Ed25519PrivateKey Key(string name) => _keys[name];

    /// <summary>A further person with a key of its own.</summary>
    internal Ed25519PublicKey NewKey(string name)
    {
        var key = new Ed25519PrivateKey(RandomNumberGenerator.GetBytes(32));
        _keys.Add(name, key);
        return key.PublicKey;
    }

    internal CommandRequest Sign(string name, object command, Guid? id = null, string path = CommandEndpoints.Commands)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new CommandSigner(_keys[name], Authority).Sign(
            path, command as byte[] ?? JsonSerializer.SerializeToUtf8Bytes(command), id ?? Guid.CreateVersion7(now),
            RandomNumberGenerator.GetBytes(16), now.ToUnixTimeSeconds());
    }

    /// <summary>Sends a request exactly as it says, also what no client would send.</summary>
    internal async Task<Answer> Send(CommandRequest signed)
    {
        var asWritten = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        var target = new Uri($"http://{Authority}{signed.Target}", asWritten);
        using var request = new HttpRequestMessage(new HttpMethod(signed.Method), target)
        {
            Content = new ByteArrayContent(signed.Body.ToArray()),
        };
        request.Headers.Host = signed.Host;
        foreach (var line in signed.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(line.Name, line.Value))
                request.Content.Headers.TryAddWithoutValidation(line.Name, line.Value);
        }
        using var response = await Host.Http.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        return new Answer(
            (int)response.StatusCode, Encoding.UTF8.GetString(bytes),
            response.Headers.Contains("Idempotency-Replayed"));
    }

    internal Task<Answer> Command(string name, object command, Guid? id = null) => Send(Sign(name, command, id));

    internal async Task<Answer> Propose(string name, object command) => await Command(name, new
    {
        op = "proposal.create",
        command_b64 = Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(command)),
    });

    internal async Task<Answer> Approve(string name, Answer proposed, string? hash = null) => await Command(name, new
    {
        op = "proposal.approve",
        proposal = proposed.Text("proposal"),
        command_sha256 = hash ?? proposed.Text("command_sha256"),
    });

    /// <summary>Proposed by one, approved by another.</summary>
    internal async Task<Answer> ByTwo(string first, string second, object command)
    {
        var proposed = await Propose(first, command);
        Assert.Equal(202, proposed.Status);
        return await Approve(second, proposed);
    }

    internal async Task<long> PolicyVersion() => long.Parse(
        (await Host.Get("/v1/policy")).GetProperty("policy").GetProperty("version").GetString()!,
        System.Globalization.CultureInfo.InvariantCulture);

    internal async Task<bool> IsStopped() =>
        (await Host.Get("/v1/policy")).GetProperty("policy").GetProperty("isStopped").GetBoolean();

    private async Task Start()
    {
        _host = await HostProcess.StartWith(_ports, Folder, ["ASPNETCORE_ENVIRONMENT=Development"],
        [
            "--Gateway:CommandsPerSecond", $"{_commandsMax}", "--Gateway:CommandsBurst", $"{_commandsMax}",
            .. HostProcess.Generator(20), .. _settings,
        ]);
        // what is older than the gateway is refused
        var ready = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(4);
        await Host.Until(async () =>
            TimeProvider.System.GetUtcNow() > ready
            && (await Host.Get("/v1/start")).GetProperty("state").GetString() == "BEGUN");
    }

    internal sealed record Answer(int Status, string Body, bool IsReplayed)
    {
        public string Code => Text("code");

        public string Text(string name) => Body.Length > 0
            && JsonDocument.Parse(Body).RootElement.TryGetProperty(name, out var value) ? value.ToString() : "";

        public override string ToString() => $"{Status} {Body}";
    }
}
