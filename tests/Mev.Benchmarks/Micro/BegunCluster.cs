using System.Buffers.Text;
using System.Text;
using Mev.Control.Commands;
using Mev.Control.Keys;
using Mev.Control.Signatures;
using Mev.Control.Starts;
using Mev.Domain.Chain;

namespace Mev.Benchmarks.Micro;

/// <summary>A cluster begun by two admins, with an operator and one of role risk, as signed commands find it.</summary>
internal sealed class BegunCluster : IDisposable
{
    public const string Authority = "gw.example";

    private readonly Dictionary<string, Ed25519PrivateKey> _keys = new[] { "ada", "bob", "operator", "risk" }
        .ToDictionary(name => name, name => new Ed25519PrivateKey(Digest.Of(Encoding.UTF8.GetBytes(name)).ToArray()));

    public BegunCluster(DateTimeOffset now)
    {
        Now = now;
        var file = Encoding.UTF8.GetBytes(
            $$"""{"version":1,"threshold":2,"admins":[{{Admin("ada")}},{{Admin("bob")}}]}""");
        var root = TrustRoot.Read(file, Digest.Of(file));
        var initial = "registry and policy"u8.ToArray();
        var begun = new SealedStart(root, isDevelopment: true)
            .Propose(Id("ada"), initial, NowMs, out _)?.Approve(Id("bob"), Digest.Of(initial), NowMs, out _)?.Begun;
        var refusal = StartRule.Refusal(root, begun, isLive: false, isDevelopment: true, isDevelopmentRoot: true);
        if (begun is null || refusal is not null) throw new InvalidOperationException($"not begun: {refusal}");
        Registry = Add(Add(root.Keys, "operator", Roles.Operator), "risk", Roles.Risk);
    }

    public DateTimeOffset Now { get; }

    public long NowMs => Now.ToUnixTimeMilliseconds();

    public KeyRegistry Registry { get; }

    public CommandVerifier Verifier { get; } = new([Authority]);

    /// <summary>A command of somebody.</summary>
    public CommandRequest Signed(string name, ReadOnlyMemory<byte> body) =>
        new CommandSigner(_keys[name], Authority).Sign(
            CommandEndpoints.Commands, body, Guid.CreateVersion7(Now), Id(name).Thumbprint.ToArray().AsSpan(0, 16),
            Now.ToUnixTimeSeconds());

    /// <summary>Whose word a command is now.</summary>
    public Signatory By(VerifiedCommand command) =>
        Registry.SignatoryOf(command.Key.PublicKey.Id, NowMs) ?? throw new InvalidOperationException("nobody's word");

    public void Dispose()
    {
        foreach (var key in _keys.Values) key.Dispose();
    }

    private KeyRegistry Add(KeyRegistry registry, string name, Roles roles)
    {
        var principal = PrincipalId.Parse(name) ?? default;
        var key = new RegisteredKey
        {
            PublicKey = _keys[name].PublicKey,
            Principal = principal,
            Kind = KeyKind.LongTerm,
            Granted = Roles.All,
            NotBeforeMs = NowMs - 60_000,
            NotAfterMs = NowMs + 60_000,
            AddedMs = NowMs - 60_000,
        };
        KeyEvent[] changes =
        [
            new KeyEvent.RolesSet(principal, roles, key.AddedMs),
            new KeyEvent.KeyAdded(key),
            new KeyEvent.KeyConfirmed(Id(name), key.AddedMs),
        ];
        return changes.Aggregate(registry, (before, change) =>
            before.Apply(change) ?? throw new InvalidOperationException($"refused: {change}"));
    }

    private KeyId Id(string name) => _keys[name].PublicKey.Id;

    private string Admin(string name)
    {
        var x = Base64Url.EncodeToString(_keys[name].PublicKey.ToArray());
        return $$"""{"name":"{{name}}","keyid":"{{Id(name)}}","x":"{{x}}"}""";
    }
}
