using System.Buffers.Text;
using System.Reflection;
using System.Text;
using Mev.Control.Commands;
using Mev.Control.Records;
using Mev.Control.Signatures;
using Mev.Control.Starts;
using Mev.Domain.Chain;
using Mev.Grains.Abstractions.Commands;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Abstractions.Sessions;
using Mev.Grains.Abstractions.Strategies;
using Mev.Grains.Commands;
using Microsoft.Extensions.DependencyInjection;

namespace Mev.Grains.Tests.Commands;

/// <summary>A process that reaches an Orleans port: what a silo lets it call.</summary>
public sealed class CommandCallFilterTests : IAsyncLifetime
{
    private const string Authority = "gw.example";

    private static readonly Ed25519PrivateKey Ada = new(Digest.Of("ada"u8).ToArray());
    private static readonly Ed25519PrivateKey Bob = new(Digest.Of("bob"u8).ToArray());
    private static readonly Ed25519PrivateKey Stranger = new(Digest.Of("stranger"u8).ToArray());

    private readonly Engine _engine = new()
    {
        Services = services =>
        {
            services.AddSingleton(new ControlTerms
            {
                Root = Root(),
                IsDevelopmentRoot = true,
                Authorities = [Authority],
            });
            services.AddSingleton<ICommandAuthority, LogAuthority>();
            services.AddSingleton<IIncomingGrainCallFilter, CommandCallFilter>();
        },
    };

    public static TheoryData<Type, string> CommandMethods =>
        new(from type in typeof(CommandInterfaceAttribute).Assembly.GetTypes()
            where type.IsDefined(typeof(CommandInterfaceAttribute), inherit: false)
            from method in type.GetMethods()
            select (type, method.Name));

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public void There_are_commands() => Assert.True(CommandMethods.Count >= 4);

    [Theory]
    [MemberData(nameof(CommandMethods))]
    public async Task No_command_is_called_without_a_signature_that_holds(Type type, string method)
    {
        var signed = Sign(Ada, "/v1/stop", """{"op":"stop","scope":"global","reason":"x"}""");
        SignedEnvelope[] bad =
        [
            new() { SignatureBase = default, Signature = default, Body = default },
            Sign(Stranger, "/v1/commands", """{"op":"ping"}"""),
            signed with { Body = Encoding.UTF8.GetBytes("""{"op":"stop","scope":"global","reason":"y"}""") },
            signed with { Signature = Flipped(signed.Signature) },
            signed with { SignatureBase = Flipped(signed.SignatureBase) },
        ];
        var end = await _engine.Log.End(ControlLog.Partition);
        foreach (var envelope in bad)
        {
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Call(type, method, envelope, proposal: null));
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Call(type, method, signed, envelope, envelope));
        }
        Assert.Equal(end, await _engine.Log.End(ControlLog.Partition));
    }

    [Fact]
    public async Task A_client_reads_and_does_nothing_else_unsigned()
    {
        Assert.False((await _engine.Grains.GetGrain<IPolicyGrain>(PolicyKeys.Global).Current()).IsStopped);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(async () =>
            await _engine.Grains.GetGrain<IPolicyGrain>(PolicyKeys.Global).Stop("from outside"));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(async () =>
            await _engine.Grains.GetGrain<IStrategyGrain>("arb-1").ApplyOutcomes());
    }

    /// <summary>A valid signature is not enough for an owner: the log has to have it, permitted.</summary>
    [Fact]
    public async Task A_signed_command_that_the_log_does_not_have_is_carried_out_by_no_owner()
    {
        var order = new CommandOrder { Command = Sign(Ada, "/v1/genesis", """{"op":"genesis.approve"}""") };
        var answer = await _engine.Grains.GetGrain<IPolicyCommandGrain>(PolicyKeys.Global).Execute(order);
        Assert.Equal("command_invalid", answer.Code);
    }

    [Fact]
    public async Task A_sealed_cluster_is_stopped_by_its_trust_root_and_takes_nothing_else()
    {
        var stop = Sign(Ada, "/v1/stop", """{"op":"stop","scope":"global","reason":"before it began"}""");
        var stopped = await _engine.Grains.GetGrain<IPolicyCommandGrain>(PolicyKeys.Global).Stop(stop);
        Assert.True(stopped.IsDone);
        Assert.True((await _engine.Grains.GetGrain<IPolicyGrain>(PolicyKeys.Global).Current()).IsStopped);

        var ping = await _engine.Grains.GetGrain<IOperatorSessionGrain>("ada")
            .Execute(Sign(Ada, "/v1/commands", """{"op":"ping"}"""));
        Assert.Equal((403, "sealed"), (ping.Status, ping.Code));
    }

    [Fact]
    public async Task Two_admins_begin_the_cluster_and_one_person_does_not()
    {
        var initial = Encoding.UTF8.GetBytes(
            "{\"principals\":[" + Principal("ada", Ada) + "," + Principal("bob", Bob)
            + "],\"limits\":{\"open_submissions_max\":3}}");
        var approval = "{\"op\":\"genesis.approve\",\"initial_sha256\":\"" + Digest.Of(initial) + "\"}";
        var proposed = await Session("ada", Sign(
            Ada, "/v1/genesis",
            "{\"op\":\"genesis.propose\",\"initial_b64\":\"" + Convert.ToBase64String(initial) + "\"}"));
        Assert.Equal(202, proposed.Status);
        var alone = await Session("ada", Sign(Ada, "/v1/genesis", approval));
        Assert.Equal((403, "two_person_required"), (alone.Status, alone.Code));

        var begun = await Session("bob", Sign(Bob, "/v1/genesis", approval));

        Assert.Equal(202, begun.Status);
        Assert.Equal(3, (await _engine.Grains.GetGrain<IPolicyGrain>(PolicyKeys.Global).Current()).OpenSubmissionsMax);
        var again = await Session("bob", Sign(Bob, "/v1/genesis", approval));
        Assert.Equal((409, "proposal_state"), (again.Status, again.Code));
        await _engine.Restart();
        Assert.Equal(202, (await Session("ada", Sign(Ada, "/v1/commands", """{"op":"ping"}"""))).Status);
    }

    private ValueTask<CommandAnswer> Session(string name, SignedEnvelope command) =>
        _engine.Grains.GetGrain<IOperatorSessionGrain>(name).Execute(command);

    private async Task Call(
        Type type, string method, SignedEnvelope envelope, SignedEnvelope? proposal, SignedEnvelope? alone = null)
    {
        var grain = _engine.Grains.GetGrain(type, type == typeof(IStrategyCommandGrain) ? "arb-1" : "ada");
        var called = type.GetMethod(method, BindingFlags.Public | BindingFlags.Instance)!;
        object argument = called.GetParameters().Single().ParameterType == typeof(SignedEnvelope)
            ? alone ?? envelope
            : new CommandOrder { Command = envelope, Proposal = proposal };
        var answer = called.Invoke(grain, [argument])!;
        await (Task)answer.GetType().GetMethod("AsTask")!.Invoke(answer, [])!;
    }

    private static SignedEnvelope Sign(Ed25519PrivateKey key, string path, string body)
    {
        var now = TimeProvider.System.GetUtcNow();
        var request = new CommandSigner(key, Authority).Sign(
            path, Encoding.UTF8.GetBytes(body), Guid.CreateVersion7(now), Guid.CreateVersion7(now).ToByteArray(),
            now.ToUnixTimeSeconds());
        string Header(string name) => request.Headers.Single(line => line.Name == name).Value;
        var text = $"\"@method\": POST\n\"@authority\": {Authority}\n\"@path\": {path}\n\"@query\": ?\n"
            + $"\"content-digest\": {Header("content-digest")}\n\"content-type\": application/json\n"
            + $"\"idempotency-key\": {Header("idempotency-key")}\n"
            + $"\"@signature-params\": {Header("signature-input")["cmd=".Length..]}";
        return new SignedEnvelope
        {
            SignatureBase = Encoding.UTF8.GetBytes(text),
            Signature = Convert.FromBase64String(Header("signature")["cmd=:".Length..^1]),
            Body = request.Body,
        };
    }

    private static byte[] Flipped(ReadOnlyMemory<byte> bytes)
    {
        var flipped = bytes.ToArray();
        flipped[^1] ^= 1;
        return flipped;
    }

    private static TrustRoot Root()
    {
        var file = Encoding.UTF8.GetBytes(
            "{\"version\":1,\"threshold\":2,\"admins\":[" + Admin("ada", Ada) + "," + Admin("bob", Bob) + "]}");
        return TrustRoot.Read(file, Digest.Of(file));
    }

    private static string Principal(string name, Ed25519PrivateKey key) =>
        "{\"name\":\"" + name + "\",\"roles\":[\"admin\"],\"keys\":[{\"x\":\"" + X(key) + "\"}]}";

    private static string Admin(string name, Ed25519PrivateKey key) =>
        $$"""{"name":"{{name}}","keyid":"{{key.PublicKey.Id}}","x":"{{X(key)}}"}""";

    private static string X(Ed25519PrivateKey key) => Base64Url.EncodeToString(key.PublicKey.ToArray());
}
