using System.Text;
using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Control.Commands;
using Mev.Control.Keys;
using Mev.Control.Ledger;
using Mev.Control.Policies;
using Mev.Control.Records;
using Mev.Control.Starts;
using Mev.Control.Tests.Commands;
using Mev.Control.Tests.Keys;
using Mev.Control.Tests.Signatures;
using Mev.Control.Tests.Starts;
using Mev.Domain.Chain;
using Mev.Domain.Limits;
using Mev.Domain.Limits.Caps;
using Mev.Journal;
using Mev.Journal.Audit;

namespace Mev.Control.Tests.Policies;

/// <summary>Write access to the log alone changes no limit and resumes nothing; it can stop.</summary>
public sealed class RecordedPolicyTests
{
    private const string Tighten =
        """{"op":"limit.tighten","version":1,"limits":{"tip_max":5},"reason":"a quiet day"}""";

    private const string Resume = """{"op":"resume","version":2,"reason":"understood"}""";

    private static readonly Guid Approval = Guid.Parse("019aae02-a400-7000-8000-000000000002");
    private static readonly Policy Tightened = new() { Version = 1, TipMax = new Lamports(5) };
    private static readonly Policy Looser = new() { Version = 1, TipMax = new Lamports(50_000_000_000) };

    private int _records;

    private static ControlState Begun
    {
        get
        {
            using var risk = TestKey.Of(9);
            return new ControlState(ControlTerms.None)
            {
                Start = SealedStartTests.Begun(),
                Keys = Requests.Registry.With("risk-1", Roles.Risk, risk.PublicKey),
            };
        }
    }

    [Fact]
    public void A_change_counts_that_a_signed_command_was_permitted_exactly_so()
    {
        var taken = Begun.Take(Command(Tighten));
        var state = taken.Take(Change(Tightened, Requests.CommandId));

        Assert.Equal(Tightened.Hash, state.Policy.Hash);
        Assert.True(state.Commands[Requests.CommandId].IsDone);
        Assert.Equal(0, state.Ignored);
    }

    public static TheoryData<string> Forgeries => ["nobody", "another command", "other limits", "another version"];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void Any_other_change_is_none(string forgery)
    {
        var state = forgery == "nobody" ? Begun : Begun.Take(Command(Tighten));
        var (policy, id) = forgery switch
        {
            "nobody" => (Looser, Guid.Empty),
            "another command" => (Tightened, Approval),
            "other limits" => (Looser, Requests.CommandId),
            _ => (Tightened with { Version = 2 }, Requests.CommandId),
        };
        var after = state.Take(Change(policy, id));

        Assert.Equal(new Policy().Hash, after.Policy.Hash);
        Assert.Equal(1, after.Ignored);
        Assert.DoesNotContain(after.Commands.Values, command => command.IsDone);
    }

    [Fact]
    public void A_command_that_was_refused_permits_nothing()
    {
        var looser = Tighten.Replace(":5}", ":50000000000}", StringComparison.Ordinal); // its direction takes two
        var state = Begun.Take(Command(looser)).Take(Change(Looser, Requests.CommandId));
        Assert.NotNull(state.Commands[Requests.CommandId].Refusal);
        Assert.Equal(new Policy().Hash, state.Policy.Hash);
    }

    [Fact]
    public void A_stop_of_nobody_counts_and_loosens_nothing_with_it()
    {
        var forged = Looser with { IsStopped = true };
        var state = Begun.Take(Command(Tighten))
            .Take(Change(forged, Requests.CommandId, RecordType.Stop)); // and names a command that waits

        Assert.Equal((new Policy() with { Version = 1, IsStopped = true }).Hash, state.Policy.Hash);
        Assert.False(state.Commands[Requests.CommandId].IsDone);
        var resumed = state.Take(Change(new Policy { Version = 2 }, Guid.Empty, RecordType.Stop));
        Assert.True(resumed.Policy.IsStopped);
        Assert.Equal(1, resumed.Ignored);
    }

    [Fact]
    public void A_stop_that_would_leave_no_versions_is_none()
    {
        var last = new Policy { Version = ulong.MaxValue, IsStopped = true };
        var state = Begun.Take(Change(last, Guid.Empty, RecordType.Stop));
        Assert.Equal((0UL, 1L), (state.Policy.Version, state.Ignored));
    }

    /// <summary>As when it came while a change was on its way into the log: that change is void.</summary>
    [Fact]
    public void A_stop_may_go_back_to_the_limits_before_the_change_that_it_made_void()
    {
        var state = Begun.Take(Command(Tighten)).Take(Change(Tightened, Requests.CommandId));
        var stop = new Policy { Version = 2, IsStopped = true };
        Assert.Equal(stop.Hash, state.Take(Change(stop, Guid.Empty, RecordType.Stop)).Policy.Hash);
        var other = stop with { OpenSubmissionsMax = 1_000 };
        Assert.Equal(
            (Tightened with { Version = 2, IsStopped = true }).Hash,
            state.Take(Change(other, Guid.Empty, RecordType.Stop)).Policy.Hash);
    }

    /// <summary>Else whoever can write the log would bring back the limits before a change that tightened.</summary>
    [Fact]
    public void Once_the_change_is_answered_a_stop_keeps_its_limits()
    {
        var state = Begun.Take(Command(Tighten)).Take(Change(Tightened, Requests.CommandId));
        var outcome = ControlRecords.Outcome(
            state.Commands[Requests.CommandId], new LedgerAnswer(202, ReadOnlyMemory<byte>.Empty), refusal: null);
        foreach (var entry in outcome) state = state.Take(Record(entry));

        var stop = new Policy { Version = 2, IsStopped = true };
        Assert.Equal(
            (Tightened with { Version = 2, IsStopped = true }).Hash,
            state.Take(Change(stop, Guid.Empty, RecordType.Stop)).Policy.Hash);
    }

    [Fact]
    public void A_resume_counts_that_two_persons_signed()
    {
        var state = Proposed(
            Begun.Take(Change(new Policy { Version = 1, IsStopped = true }, Guid.Empty, RecordType.Stop)), Resume);
        var resumed = new Policy { Version = 2, ResumedMs = Registries.NowMs };
        Assert.True(state.Take(Change(resumed, Requests.CommandId, RecordType.Stop)).Policy.IsStopped); // proposed only

        state = Approved(state, Resume);
        Assert.Null(state.Commands[Approval].Refusal);
        Assert.True(state.Take(Change(resumed with { TipMax = Looser.TipMax }, Approval, RecordType.Stop))
            .Policy.IsStopped);
        Assert.Equal(resumed.Hash, state.Take(Change(resumed, Approval, RecordType.Stop)).Policy.Hash);
    }

    [Fact]
    public void A_change_of_models_tells_that_what_two_persons_signed_is_done()
    {
        const string Body = """{"op":"model.activate","model":"none","version":1,"reason":"worse"}""";
        var proposed = Proposed(Begun, Body);
        Assert.False(proposed.Take(Model(Requests.CommandId)).Commands[Requests.CommandId].IsDone); // only proposed
        var approved = Approved(proposed, Body);
        Assert.Equal(new CommandEffect.Model(1, null, IsPrevious: false), approved.Commands[Approval].Effect);
        Assert.False(approved.Take(Model(Guid.Empty)).Commands[Approval].IsDone);
        Assert.True(approved.Take(Model(Approval)).Commands[Approval].IsDone);

        LogRecord Model(Guid by) => Record(new AuditEntry(RecordType.ModelChange, default, new AuditRecord
        {
            ModelChange = new ModelChange
            {
                Model = "offset",
                CommandId = by == Guid.Empty ? ByteString.Empty : ControlRecords.BytesOf(by),
            },
        }));
    }

    [Fact]
    public void A_cap_is_set_by_one_and_taken_away_by_two()
    {
        const string Set =
            """[{"scope":"strategy","subject":"arb-1","limit":"day_amount_in_max","most":"5000"}]""";
        var capped = new Policy
        {
            Version = 1,
            Caps = [new(CapScope.Strategy, "arb-1", LimitRule.DayAmountIn, 5_000)],
        };
        var state = Begun.Take(Command(Caps(1, Set))).Take(Change(capped, Requests.CommandId));
        Assert.Equal(capped.Hash, state.Policy.Hash);

        var without = Set.Replace(",\"most\":\"5000\"", "", StringComparison.Ordinal);
        var taken = state.Take(Command(Caps(2, without), Approval));
        Assert.Equal(CommandRefusal.TwoPersonRequired, taken.Commands[Approval].Refusal);
        Assert.Null(state.Take(Command(Caps(2, Set.Replace("5000", "4999", StringComparison.Ordinal)), Approval))
            .Commands[Approval].Refusal);

        static string Caps(int version, string caps) =>
            $$$"""{"op":"limit.tighten","version":{{{version}}},"limits":{"caps":{{{caps}}}},"reason":"test"}""";
    }

    [Fact]
    public void The_history_says_who_changed_what_and_why()
    {
        var state = Begun.Take(Command(Tighten)).Take(Change(Looser, Guid.Empty))
            .Take(Change(Tightened, Requests.CommandId))
            .Take(Change(Tightened with { Version = 2, IsStopped = true }, Guid.Empty, RecordType.Stop));
        Assert.Equal([0UL, 1UL, 2UL], state.History.Versions.Select(each => each.Policy.Version));
        var change = state.History.Find(1)!;
        Assert.Equal((Tightened.Hash, (Guid?)Requests.CommandId), (change.Policy.Hash, change.CommandId));
        Assert.Equal(Registries.NowMs, change.RecordedMs);
        Assert.EndsWith(": a quiet day", change.Reason, StringComparison.Ordinal);
        Assert.Null(state.History.Find(2)!.CommandId);
        Assert.Equal([1UL, 2UL], state.History.Between(0, 2).Select(each => each.Policy.Version));
    }

    [Fact]
    public void The_history_forgets_the_oldest()
    {
        var history = PolicyHistory.First;
        for (var version = 1UL; version <= 2 * PolicyHistory.VersionsMax; version++)
            history = history.With(new PolicyVersion(new Policy { Version = version }, "test", null, 0));
        Assert.Equal(PolicyHistory.VersionsMax, history.Versions.Count);
        Assert.Same(history, history.With(history.Versions[^1]));
        Assert.Null(history.Find(PolicyHistory.VersionsMax));
        Assert.NotNull(history.Find(PolicyHistory.VersionsMax + 1));
    }

    private ControlState Proposed(ControlState state, string body) => state.Take(Command(
        $$"""{"op":"proposal.create","command_b64":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(body))}}"}"""));

    private ControlState Approved(ControlState proposed, string body)
    {
        var hash = Digest.Of(Encoding.UTF8.GetBytes(body));
        return proposed.Take(Command(
            $$"""{"op":"proposal.approve","proposal":"{{Requests.CommandId}}","command_sha256":"{{hash}}"}""",
            Approval, TestKey.Of(9)));
    }

    private LogRecord Command(string body, Guid? id = null, Control.Signatures.Ed25519PrivateKey? signer = null)
    {
        using var key = signer ?? TestKey.Rfc9421();
        var commandId = id ?? Requests.CommandId;
        var request = new CommandSigner(key, Requests.Authority).Sign(
            CommandEndpoints.Commands, Encoding.UTF8.GetBytes(body), commandId, new byte[16],
            Registries.NowMs / 1_000, lifetimeSeconds: 30);
        var verdict = Requests.Verifier.Verify(request, Begun, Requests.Now);
        Assert.True(verdict.IsVerified, verdict.Refusal?.Code);
        return Record(ControlRecords.Of(commandId, verdict.Command.Envelope, isDevelopment: false));
    }

    private LogRecord Change(Policy policy, Guid by, RecordType type = RecordType.PolicyChange) =>
        Record(new AuditEntry(type, policy.Hash, new AuditRecord
        {
            PolicyChange = new PolicyChange
            {
                Policy = "global",
                Version = policy.Version,
                PolicyHash = ByteString.CopyFrom(policy.Hash.ToArray()),
                PolicyBytes = ByteString.CopyFrom(policy.Encode()),
                CommandId = ControlRecords.BytesOf(by),
            },
        }));

    private LogRecord Record(AuditEntry entry) => new(
        _records++, new LogEntry(entry.Type, Registries.NowMs * 1_000_000, entry.Key, entry.Body),
        LeafHash.Of(entry.Body.Span));
}
