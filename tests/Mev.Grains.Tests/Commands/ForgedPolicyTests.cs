using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Limits;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Abstractions.Sessions;
using Mev.Grains.Commands;
using Mev.Journal;
using Mev.Journal.Audit;
using Microsoft.Extensions.DependencyInjection;
using static Mev.Grains.Tests.Commands.TwoAdmins;

namespace Mev.Grains.Tests.Commands;

/// <summary>Records that somebody wrote into the log past everybody who signs.</summary>
public sealed class ForgedPolicyTests : IAsyncLifetime
{
    private readonly Engine _engine = new()
    {
        Services = services =>
        {
            services.AddSingleton(Terms);
            services.AddSingleton<ICommandAuthority, LogAuthority>();
        },
    };

    private IPolicyGrain Policies => _engine.Grains.GetGrain<IPolicyGrain>(PolicyKeys.Global);

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task No_record_that_nobody_signed_loosens_or_resumes_also_after_a_restart()
    {
        await Session("ada", Sign(Ada, "/v1/genesis", TwoAdmins.Proposal));
        Assert.Equal(202, (await Session("bob", Sign(Bob, "/v1/genesis", TwoAdmins.Approval))).Status);
        var begun = await Policies.Current();

        await Forge(begun with { Version = 2, OpenSubmissionsMax = 1_000 }, RecordType.PolicyChange);
        await _engine.Restart();
        Assert.Equal(begun.Hash, (await Policies.Current()).Hash);

        var stopped = await Policies.Stop("odd fills");
        Assert.Equal(2UL, stopped.Version);
        await Forge(begun with { Version = 3 }, RecordType.Stop);
        await _engine.Restart();
        Assert.Equal(stopped.Hash, (await Policies.Current()).Hash);
    }

    private async Task Forge(Policy policy, RecordType type) => await _engine.Audit.Append(
        AuditWriter.ControlPartition,
        [
            new AuditEntry(type, policy.Hash, new AuditRecord
            {
                PolicyChange = new PolicyChange
                {
                    Policy = PolicyKeys.Global,
                    Version = policy.Version,
                    PolicyHash = ByteString.CopyFrom(policy.Hash.ToArray()),
                    PolicyBytes = ByteString.CopyFrom(policy.Encode()),
                    Reason = "nobody's",
                },
            }),
        ]);

    private ValueTask<Abstractions.Commands.CommandAnswer> Session(
        string principal, Abstractions.Commands.SignedEnvelope command) =>
        _engine.Service<IGrainFactory>().GetGrain<IOperatorSessionGrain>(principal).Execute(command);
}
