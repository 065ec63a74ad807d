using Mev.Control.Records;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Abstractions.Sessions;
using Mev.Grains.Commands;
using Mev.Grains.Signing;
using Mev.Grains.Tests.Bundles;
using Mev.Journal;
using Mev.Journal.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using static Mev.Grains.Tests.Commands.TwoAdmins;

namespace Mev.Grains.Tests.Commands;

/// <summary>What a cluster may before two admins have begun it, and what follows when it dies meanwhile.</summary>
public sealed class SealedStartTests : IAsyncLifetime
{
    private readonly Engine _engine;
    private RecordType _refused;

    public SealedStartTests() => _engine = new Engine
    {
        Services = services =>
        {
            services.AddSingleton(Terms);
            services.AddSingleton(SigningTerms.None with { IsLive = true });
            services.AddSingleton<ICommandAuthority, LogAuthority>();
            services.AddSingleton<IPartitionedLog>(provider =>
                new RefusingLog(provider.GetRequiredService<SqliteLog>()) { Refused = _refused });
        },
    };

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Real_money_is_permitted_nothing_before_it_began()
    {
        var (policies, permits) = (
            _engine.Grains.GetGrain<IPolicyGrain>(PolicyKeys.Global), _engine.Service<Permits>());
        permits.Grant(await policies.Current());
        Assert.Null(permits.Current);

        await Begin();

        permits.Grant(await policies.Current());
        Assert.NotNull(permits.Current);
    }

    /// <summary>Killed before the limits, or before it is written how the log began.</summary>
    [Theory]
    [InlineData(RecordType.PolicyChange)]
    [InlineData(RecordType.CommandOutcome)]
    public async Task A_beginning_that_was_cut_off_is_completed_by_the_next_start(RecordType missing)
    {
        _refused = missing;
        await _engine.Restart();
        var proposed = await Session("ada", Sign(Ada, "/v1/genesis", Proposal));
        if (missing == RecordType.CommandOutcome) Assert.Equal("audit_unavailable", proposed.Code);
        else Assert.Equal(202, proposed.Status);
        Assert.Equal("audit_unavailable", (await Session("bob", Sign(Bob, "/v1/genesis", Approval))).Code);
        Assert.Null((await _engine.Service<ControlLog>().CatchUp()).Leaf0);

        _refused = RecordType.Unknown;
        await _engine.Restart();

        await Signing.SignedEngine.Until(async () => (await _engine.Service<ControlLog>().CatchUp()).Leaf0 is not null);
        var policy = await _engine.Grains.GetGrain<IPolicyGrain>(PolicyKeys.Global).Current();
        Assert.Equal((3, 1UL), (policy.OpenSubmissionsMax, policy.Version));
        await _engine.Restart(); // once
        Assert.Equal(1UL, (await _engine.Grains.GetGrain<IPolicyGrain>(PolicyKeys.Global).Current()).Version);
    }

    private async Task Begin()
    {
        Assert.Equal(202, (await Session("ada", Sign(Ada, "/v1/genesis", Proposal))).Status);
        Assert.Equal(202, (await Session("bob", Sign(Bob, "/v1/genesis", Approval))).Status);
    }

    private ValueTask<Abstractions.Commands.CommandAnswer> Session(
        string name, Abstractions.Commands.SignedEnvelope command) =>
        _engine.Grains.GetGrain<IOperatorSessionGrain>(name).Execute(command);
}
