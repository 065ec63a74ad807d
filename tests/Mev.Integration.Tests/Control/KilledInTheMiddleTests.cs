using Mev.Control.Commands;
using Mev.Control.Records;
using Mev.Domain.Limits;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Mev.Integration.Tests.Control;

/// <summary>
/// A host that dies between the record of a command and its answer: the same command again completes it, once. What
/// such a kill leaves behind is written into the journal while the host is dead, so it is the very moment each time.
/// </summary>
public sealed class KilledInTheMiddleTests : IAsyncLifetime
{
    private readonly ControlHost _control = new();

    public ValueTask InitializeAsync() => _control.InitializeAsync();

    public ValueTask DisposeAsync() => _control.DisposeAsync();

    [Theory]
    [InlineData(false)] // before its effect
    [InlineData(true)] // between its effect and its answer
    public async Task The_same_command_again_completes_it_once(bool hasEffect)
    {
        var before = await _control.Host.Get("/v1/policy");
        var version = await _control.PolicyVersion();
        var (id, command) = (Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), new
        {
            op = "limit.tighten",
            version = $"{version + 1}",
            limits = new { open_submissions_max = "5" },
            reason = "killed in the middle",
        });
        var request = _control.Sign("operator-1", command, id);
        await _control.Restart(() => Append(request, id, version, hasEffect));
        Assert.Equal(hasEffect ? version + 1 : version, await _control.PolicyVersion());

        var replayed = await _control.Send(request);
        var completed = await _control.Command("operator-1", command, id);
        var again = await _control.Command("operator-1", command, id);

        Assert.Equal(401, replayed.Status); // its signature is from before the restart
        Assert.True(completed.Status == 202, $"{completed} {before}");
        Assert.Equal((202, completed.Body, true), (again.Status, again.Body, again.IsReplayed));
        Assert.Equal(version + 1, await _control.PolicyVersion());
        Assert.Equal(5, (await _control.Host.Get("/v1/policy")).GetProperty("policy")
            .GetProperty("openSubmissionsMax").GetInt32());
    }

    [Fact]
    public async Task After_a_kill_keys_proposals_stops_and_answers_are_what_they_were()
    {
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var answered = await _control.Command("operator-1", new { op = "ping" }, id);
        await _control.Register("risk-2", "risk", _control.NewKey("risk-2"));
        var stopped = await _control.Send(_control.Sign(
            "operator-1", new { op = "stop", scope = "global", reason = "test" }, path: CommandEndpoints.Stop));
        Assert.Equal(202, stopped.Status);
        var resume = new
        {
            op = "resume",
            version = $"{await _control.PolicyVersion() + 1}",
            reason = "understood",
        };
        var proposed = await _control.Propose("operator-1", resume);

        await _control.Restart();

        Assert.True(await _control.IsStopped());
        var repeated = await _control.Command("operator-1", new { op = "ping" }, id);
        Assert.Equal((202, answered.Body, true), (repeated.Status, repeated.Body, repeated.IsReplayed));
        Assert.Equal(202, (await _control.Approve("risk-2", proposed)).Status);
        Assert.False(await _control.IsStopped());
    }

    [Fact]
    public async Task A_record_that_nobody_signed_counts_for_nothing()
    {
        var request = _control.Sign("operator-1", new { op = "strategy.freeze", strategy = "arb-1", reason = "x" });
        var forged = request with { Body = System.Text.Encoding.UTF8.GetBytes("{\"op\":\"ping\"}") };
        await _control.Restart(() => Append(forged, Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), 0, false));

        var start = await _control.Host.Get("/v1/start");
        Assert.Equal(1, start.GetProperty("ignoredRecords").GetInt64());
        Assert.Equal(202, (await _control.Command("operator-1", new { op = "ping" })).Status);
    }

    private async Task Append(CommandRequest request, Guid id, long version, bool hasEffect)
    {
        using var meters = new PlainMeters();
        await using var log = new SqliteLog(
            Options.Create(new SqliteLogOptions { Path = Path.Combine(_control.Folder, "data", "journal.db") }),
            TimeProvider.System, meters, NullLogger<SqliteLog>.Instance);
        var audit = new AuditWriter(log, new CodeIdentity("", "", "test", 1), TimeProvider.System, new AuditGate());
        await audit.Append(
            AuditWriter.ControlPartition, [ControlRecords.Of(id, Signed(request), isDevelopment: true)]);
        if (!hasEffect) return;
        var policy = await Newest(log) with { Version = (ulong)version + 1, OpenSubmissionsMax = 5 };
        await audit.Append(AuditWriter.ControlPartition,
        [
            new AuditEntry(RecordType.PolicyChange, policy.Hash, new Contracts.V1.AuditRecord
            {
                PolicyChange = new Contracts.V1.PolicyChange
                {
                    Policy = "global",
                    Version = policy.Version,
                    PolicyHash = Google.Protobuf.ByteString.CopyFrom(policy.Hash.ToArray()),
                    PolicyBytes = Google.Protobuf.ByteString.CopyFrom(policy.Encode()),
                    CommandId = ControlRecords.BytesOf(id),
                },
            }),
        ]);
    }

    private static async Task<Policy> Newest(SqliteLog log)
    {
        var newest = new Policy();
        await foreach (var record in log.ReadAll(ControlLog.Partition, 0))
        {
            if (record.Entry.Type is not (RecordType.PolicyChange or RecordType.Stop)) continue;
            newest = Policy.Decode(AuditRecords.Read(record)!.PolicyChange.PolicyBytes.Span) ?? newest;
        }
        return newest;
    }

    /// <summary>What a gateway hands on of a request.</summary>
    private SignedCommand Signed(CommandRequest request)
    {
        string Header(string name) => request.Headers.Single(line => line.Name == name).Value;
        var (input, signature) = (Header("signature-input"), Header("signature"));
        var signed = $"\"@method\": POST\n\"@authority\": {_control.Authority}\n\"@path\": {request.Target}\n"
            + $"\"@query\": ?\n\"content-digest\": {Header("content-digest")}\n\"content-type\": application/json\n"
            + $"\"idempotency-key\": {Header("idempotency-key")}\n\"@signature-params\": {input["cmd=".Length..]}";
        return new SignedCommand(
            System.Text.Encoding.UTF8.GetBytes(signed),
            Convert.FromBase64String(signature["cmd=:".Length..^1]), request.Body);
    }
}
