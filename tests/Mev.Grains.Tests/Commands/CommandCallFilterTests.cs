using System.Reflection;
using System.Text;
using Mev.Control.Records;
using Mev.Control.Signatures;
using Mev.Domain.Chain;
using Mev.Grains.Abstractions.Commands;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Abstractions.Sessions;
using Mev.Grains.Abstractions.Strategies;
using Mev.Grains.Commands;
using Microsoft.Extensions.DependencyInjection;
using static Mev.Grains.Tests.Commands.TwoAdmins;

namespace Mev.Grains.Tests.Commands;

/// <summary>A process that reaches an Orleans port: what a silo lets it call.</summary>
public sealed class CommandCallFilterTests : IAsyncLifetime
{
    private const string StopBody = """{"op":"stop","scope":"global","reason":"before it began"}""";

    private static readonly Ed25519PrivateKey Stranger = new(Digest.Of("stranger"u8).ToArray());

    private readonly Engine _engine = new()
    {
        Services = services =>
        {
            services.AddSingleton(TwoAdmins.Terms);
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
        Assert.True((await Policies.Stop(Sign(Ada, "/v1/stop", StopBody))).IsDone);
        Assert.True((await _engine.Grains.GetGrain<IPolicyGrain>(PolicyKeys.Global).Current()).IsStopped);

        var ping = await _engine.Grains.GetGrain<IOperatorSessionGrain>("ada")
            .Execute(Sign(Ada, "/v1/commands", """{"op":"ping"}"""));
        Assert.Equal((403, "sealed"), (ping.Status, ping.Code));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // the stop goes on, and the limits that two persons signed count
    public async Task Two_admins_begin_the_cluster_and_one_person_does_not(bool isStoppedBefore)
    {
        if (isStoppedBefore) Assert.True((await Policies.Stop(Sign(Ada, "/v1/stop", StopBody))).IsDone);
        Assert.Equal(202, (await Session("ada", Sign(Ada, "/v1/genesis", TwoAdmins.Proposal))).Status);
        var alone = await Session("ada", Sign(Ada, "/v1/genesis", TwoAdmins.Approval));
        Assert.Equal((403, "two_person_required"), (alone.Status, alone.Code));

        var begun = await Session("bob", Sign(Bob, "/v1/genesis", TwoAdmins.Approval));

        Assert.Equal(202, begun.Status);
        var policy = await _engine.Grains.GetGrain<IPolicyGrain>(PolicyKeys.Global).Current();
        Assert.Equal((3, isStoppedBefore), (policy.OpenSubmissionsMax, policy.IsStopped));
        var again = await Session("bob", Sign(Bob, "/v1/genesis", TwoAdmins.Approval));
        Assert.Equal((409, "proposal_state"), (again.Status, again.Code));
        await _engine.Restart();
        Assert.Equal(202, (await Session("ada", Sign(Ada, "/v1/commands", """{"op":"ping"}"""))).Status);
    }

    private IPolicyCommandGrain Policies => _engine.Grains.GetGrain<IPolicyCommandGrain>(PolicyKeys.Global);

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

    private static byte[] Flipped(ReadOnlyMemory<byte> bytes)
    {
        var flipped = bytes.ToArray();
        flipped[^1] ^= 1;
        return flipped;
    }
}
