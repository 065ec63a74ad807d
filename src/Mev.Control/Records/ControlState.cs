using System.Collections.Immutable;
using Mev.Control.Commands;
using Mev.Control.Keys;
using Mev.Control.Ledger;
using Mev.Control.Policies;
using Mev.Control.Starts;
using Mev.Domain.Chain;
using Mev.Domain.Limits;
using Mev.Journal;
using Mev.Journal.Audit;

namespace Mev.Control.Records;

/// <summary>
/// Start, registry, proposals and ledger: the fold of the control partition, immutable. Every signed command is
/// verified and judged anew as of its record, so the log says the same to everybody, and a record alone forges nothing.
/// </summary>
public sealed record ControlState : ICommandKeys
{
    /// <summary>Commands of the last 30 days at most; one more is refused.</summary>
    public const int CommandsMax = 65_536;

    /// <summary>Of them those of one principal, so that nobody takes the places of the others.</summary>
    public const int CommandsOfPrincipalMax = 8_192;

    /// <summary>Proposals that are remembered; beyond, the oldest that is not open is forgotten.</summary>
    public const int ProposalsMax = 1_024;

    /// <summary>Open ones of one proposer.</summary>
    public const int ProposalsOfPrincipalMax = 16;

    private const long NsPerMs = 1_000_000;
    private const long PingKeptMs = 10 * 60 * 1_000; // nothing is done by it, so nothing is done twice

    /// <summary>Before the first record.</summary>
    public ControlState(ControlTerms terms) =>
        Start = terms.Root is { } root ? new SealedStart(root, terms.IsDevelopmentRoot) : null;

    /// <summary>How the cluster begins; null when nobody may begin it.</summary>
    public SealedStart? Start { get; init; }

    /// <summary>Everybody and their keys; nobody before the cluster began.</summary>
    public KeyRegistry Keys { get; init; } = KeyRegistry.Empty;

    /// <summary>The policy in force, as far as the log has it by records that somebody permitted.</summary>
    public Policy Policy => Recorded.InForce;

    /// <summary>Its newest versions, who put each in force and why.</summary>
    public PolicyHistory History { get; private init; } = PolicyHistory.First;

    private RecordedPolicy Recorded { get; init; } = RecordedPolicy.First;

    /// <summary>The ledger, by command id.</summary>
    public ImmutableDictionary<Guid, TakenCommand> Commands { get; private init; } =
        ImmutableDictionary<Guid, TakenCommand>.Empty;

    /// <summary>How many of the ledger's commands are a principal's.</summary>
    public ImmutableDictionary<PrincipalId, int> CommandsOf { get; private init; } =
        ImmutableDictionary<PrincipalId, int>.Empty;

    /// <summary>Proposals by their id.</summary>
    public ImmutableDictionary<Guid, RecordedProposal> Proposals { get; init; } =
        ImmutableDictionary<Guid, RecordedProposal>.Empty;

    /// <summary>
    /// Records of commands that no valid signature stands behind, or whose id was taken, and of changes of the policy
    /// that no command permitted.
    /// </summary>
    public long Ignored { get; private init; }

    /// <summary>
    /// How the log says that it began, whatever the trust root that is mounted now; null while it has no such record.
    /// </summary>
    public GenesisRecord? Leaf0 { get; private init; }

    /// <summary>Commands are taken: the cluster began.</summary>
    public bool IsBegun => Start?.Begun is not null;

    /// <summary>What signatures are verified with: until the cluster began, the trust root's keys.</summary>
    public KeyRegistry Registry => IsBegun ? Keys : Start?.Root.Keys ?? KeyRegistry.Empty;

    /// <summary>
    /// The <see cref="Registry"/>; but for a stop when no key is left that may sign one, because all have ended, the
    /// trust root's keys again, those that were revoked excepted. A stop is never out of reach.
    /// </summary>
    public KeyRegistry KeysFor(string path, long unixMs) =>
        path == CommandEndpoints.Stop && IsBegun && Start is { } start
            && !Keys.IsAnyActive(CommandAccess.Acting, unixMs)
            ? start.Root.Keys.WithoutRevoked(Keys, unixMs)
            : Registry;

    /// <summary>The state after a record of the control partition; one that is not about it changes nothing.</summary>
    public ControlState Take(LogRecord record) => record.Entry.Type switch
    {
        RecordType.Command => TakeCommand(record),
        RecordType.CommandOutcome => TakeOutcome(record),
        RecordType.PolicyChange or RecordType.Stop => TakePolicy(record),
        RecordType.ModelChange => TakeModel(record),
        RecordType.Genesis when Leaf0 is null => this with { Leaf0 = ControlRecords.ReadGenesis(record) },
        _ => this,
    };

    private ControlState TakeCommand(LogRecord record)
    {
        if (ControlRecords.Read(record) is not var (signed, isDevelopment)) return Ignoring();
        var nowMs = record.Entry.RecordedNs / NsPerMs;
        var verdict = CommandVerifier.VerifyRecorded(signed, this, DateTimeOffset.FromUnixTimeMilliseconds(nowMs));
        if (verdict.Command is not { } command || Commands.ContainsKey(command.CommandId)) return Ignoring();
        var judgement = CommandJudge.Judge(this, command, nowMs, isDevelopment);
        var taken = new TakenCommand
        {
            Entry = new LedgerEntry(command.CommandId, command.Key.Principal, Digest.Of(signed.Body.Span), nowMs),
            Name = judgement.Name,
            Offset = record.Offset,
            LeafHash = record.LeafHash,
            Envelope = signed,
            ProposalEnvelope = judgement.ProposalEnvelope,
            Refusal = judgement.Refusal,
            Detail = judgement.Detail,
            Effect = judgement.Effect,
            Reason = judgement.Reason,
            Changes = judgement.Changes,
            Proposal = judgement.Proposal,
            Begun = judgement.Begun,
        };
        var by = command.Key.Principal;
        return judgement.Next with
        {
            Commands = judgement.Next.Commands.SetItem(command.CommandId, taken),
            CommandsOf = judgement.Next.CommandsOf.SetItem(by, judgement.Next.CommandsOf.GetValueOrDefault(by) + 1),
        };
    }

    private ControlState TakeOutcome(LogRecord record)
    {
        if (AuditRecords.Read(record)?.CommandOutcome is not { } outcome) return this;
        var id = ControlRecords.IdOf(outcome.CommandId);
        if (!Commands.TryGetValue(id, out var taken) || (ulong)taken.Offset != outcome.CommandOffset) return this;
        var answer = new LedgerAnswer((int)outcome.Status, outcome.Answer.ToByteArray());
        var changesPolicy = taken.Effect is CommandEffect.PolicyChange or CommandEffect.Resume;
        return this with
        {
            Recorded = changesPolicy ? Recorded.Answered() : Recorded,
            Commands = Commands.SetItem(id, taken with
            {
                Entry = taken.Entry.Done(answer),
                Envelope = null,
                ProposalEnvelope = null,
                Effect = null,
                Changes = [],
                Proposal = null,
                Begun = null,
            }),
        };
    }

    private ControlState TakePolicy(LogRecord record)
    {
        if (AuditRecords.Read(record)?.PolicyChange is not { } change) return this;
        var id = ControlRecords.IdOf(change.CommandId);
        var by = Commands.GetValueOrDefault(id);
        if (Policy.Decode(change.PolicyBytes.Span) is not { } policy || Recorded.Take(policy, by) is not { } next)
            return Ignoring();
        var isEffect = by is not null && Recorded.IsEffect(policy, by);
        return this with
        {
            Recorded = next,
            History = History.With(new PolicyVersion(
                next.InForce, isEffect ? by!.Reason : change.Reason, isEffect ? id : null,
                record.Entry.RecordedNs / NsPerMs)),
            Commands = isEffect ? Commands.SetItem(id, by! with { IsDone = true }) : Commands,
        };
    }

    private ControlState TakeModel(LogRecord record)
    {
        if (AuditRecords.Read(record)?.ModelChange is not { CommandId.IsEmpty: false } change) return this;
        var id = ControlRecords.IdOf(change.CommandId);
        return Commands.GetValueOrDefault(id) is { Effect: CommandEffect.Model } by
            ? this with { Commands = Commands.SetItem(id, by with { IsDone = true }) }
            : this;
    }

    /// <summary>Whether there is a place for one more command of a principal.</summary>
    internal bool HasPlace(PrincipalId by) =>
        Commands.Count < CommandsMax && CommandsOf.GetValueOrDefault(by) < CommandsOfPrincipalMax;

    /// <summary>Without what may be forgotten, where there is no place otherwise.</summary>
    internal ControlState Pruned(PrincipalId by, long nowMs)
    {
        if (HasPlace(by)) return this;
        return WithLedger(Commands.RemoveRange(Commands.Values
            .Where(taken => IsOver(taken, nowMs)).Select(taken => taken.Entry.CommandId)));
    }

    private static bool IsOver(TakenCommand taken, long nowMs) => taken.Entry.IsOver(nowMs)
        || (taken is { Name: "ping", Entry.Answer: not null } && nowMs > taken.Entry.StartedMs + PingKeptMs);

    /// <summary>The same with another ledger.</summary>
    internal ControlState WithLedger(ImmutableDictionary<Guid, TakenCommand> commands) => this with
    {
        Commands = commands,
        CommandsOf = commands.Values.GroupBy(taken => taken.Entry.Principal)
            .ToImmutableDictionary(own => own.Key, own => own.Count()),
    };

    private ControlState Ignoring() => this with { Ignored = Ignored + 1 };
}
