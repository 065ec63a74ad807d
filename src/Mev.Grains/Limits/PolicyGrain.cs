using Mev.Contracts.V1;
using Mev.Control.Records;
using Mev.Domain.Limits;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Commands;
using Mev.Journal;
using Mev.Journal.Audit;

namespace Mev.Grains.Limits;

/// <summary>
/// Holds the policy; a change is journalled, saved and put in force in that order, then answered. One that was
/// journalled and, killed in between, not saved is put in force by the next activation. Before it has read what the
/// journal has of it, it takes stops and answers nothing else: until then nobody is permitted anything.
/// </summary>
[GrainType("policy")]
internal sealed partial class PolicyGrain(
    [PersistentState("policy")] IPersistentState<PolicyGrainState> state,
    IPartitionedLog log,
    AuditWriter audit,
    PolicyInForce inForce,
    TimeProvider time,
    ICommandAuthority commands)
    : Grain, IPolicyGrain, IPolicyCommandGrain
{
    // Commands and policy changes, whatever the strategy.
    private static readonly LogPartition Control = new(LogTopics.Audit, AuditWriter.ControlPartition);

    private const string Unsaved = "stopped, and neither journalled nor saved";

    private ulong _journalling; // the version of a change on its way into the journal
    private bool _isCaughtUp; // with the journal
    private Task _catchingUp = Task.CompletedTask;
    private Task _saved = Task.CompletedTask;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        inForce.Adopt(state.State.Policy); // a stop that was saved holds, whether the journal can be read or not
        if (inForce.Current is { IsStopped: true } held && held.Version > state.State.Policy.Version)
            state.State = state.State with { Policy = held, UntoldStop = Unsaved, UntoldCommand = NewId() };
        return Task.CompletedTask;
    }

    public async ValueTask<Policy> Current()
    {
        try
        {
            await CatchUp();
        }
        catch (JournalUnavailableException) when (state.State.Policy.IsStopped)
        {
            // that much is known without the journal
        }
        return state.State.Policy;
    }

    /// <summary>Names a stop that no command asked for, so that its record is known from that of any other.</summary>
    private Guid NewId() => Guid.CreateVersion7(time.GetUtcNow());

    /// <summary>
    /// The platform's own stop is one however often it is said; the storage may lack it. One that a person signed is
    /// another, which a resume that was proposed before it does not clear.
    /// </summary>
    public async ValueTask<Policy> Stop(string reason)
    {
        if (!IsStopTold || !inForce.Current.IsStopped) return await Stop(reason, NewId());
        await Save();
        return state.State.Policy;
    }

    /// <summary>
    /// Holds in memory from its first instruction on, which waits for no other call. Journal and storage are asked side
    /// by side: either alone brings the stop back after a restart, and what is saved says that the journal may lack it.
    /// Before the journal was read the newest version may be another than the one known: then the stop is told to the
    /// journal, of the newest, once it was. Until it is told another stop is the same one: a version of its own would
    /// hide changes that only the journal has.
    /// </summary>
    private async ValueTask<Policy> Stop(string reason, Guid command)
    {
        if (state.State.UntoldStop is null || !inForce.Current.IsStopped)
        {
            var known = inForce.Current.Version > state.State.Policy.Version ? inForce.Current : state.State.Policy;
            var stopped = known with { Version = Math.Max(_journalling, known.Version) + 1, IsStopped = true };
            state.State = state.State with
            {
                Policy = stopped,
                UntoldStop = reason,
                UntoldCommand = command,
            };
            inForce.Adopt(stopped);
        }
        else
        {
            state.State = state.State with { UntoldStop = reason, UntoldCommand = command };
        }
        await Task.WhenAll(Save(), CatchUp());
        return state.State.Policy;
    }

    /// <summary>The journal has the stop, and no resume is on its way there.</summary>
    private bool IsStopTold => _isCaughtUp && _journalling <= state.State.Policy.Version
        && state.State is { Policy.IsStopped: true, UntoldStop: null };

    /// <summary>Journalled, then saved and in force, unless a stop came in between: then it is void.</summary>
    private async ValueTask<Policy> PutInForce(Policy policy, string reason, RecordType type, Guid command)
    {
        _journalling = policy.Version;
        try
        {
            await Journal(policy, reason, type, command);
        }
        catch
        {
            _isCaughtUp = false; // it may become durable all the same: the next call looks
            throw;
        }
        if (policy.Version > state.State.Policy.Version)
        {
            state.State = state.State with { Policy = policy };
            inForce.Adopt(policy); // it is journalled, so it binds, whether it can be saved or not
            await Save();
        }
        return state.State.Policy;
    }

    /// <summary>One write at a time, each of what is in force by then.</summary>
    private Task Save() => _saved = SaveAfter(_saved);

    private async Task SaveAfter(Task earlier)
    {
        const ConfigureAwaitOptions whateverCameOfIt =
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;
        await earlier.ConfigureAwait(whateverCameOfIt);
        await state.WriteStateAsync();
    }

    /// <summary>
    /// Reads what the journal has beyond the state, and tells it a stop that it lacks, once; whoever asks meanwhile
    /// shares it.
    /// </summary>
    private async Task CatchUp()
    {
        while (!_isCaughtUp || state.State.UntoldStop is not null)
        {
            if (_catchingUp.IsCompleted) _catchingUp = _isCaughtUp ? TellStops() : ReadOn();
            await _catchingUp;
        }
    }

    private async Task ReadOn()
    {
        var next = state.State.NextOffset;
        await foreach (var record in log.ReadAll(Control, next))
        {
            next = record.Offset + 1;
            // The very stop that is to be told, and not an earlier one that was resumed since: a version alone does
            // not tell them apart.
            if (StopOf(record) is { } stop && stop == state.State.UntoldCommand)
                state.State = state.State with { UntoldStop = null };
        }
        // Saved with the next change, not here: a storage that is away must not keep a stop from being taken.
        state.State = With(await commands.RecordedPolicy()) with { NextOffset = next };
        inForce.Adopt(state.State.Policy);
        await TellStops();
        _isCaughtUp = true;
    }

    /// <summary>The newest version that the journal has; stopped, when a stop came that it does not have.</summary>
    private PolicyGrainState With(Policy newest)
    {
        var known = state.State;
        if (newest.Version < known.Policy.Version) return known;
        return known.UntoldStop is null
            ? new PolicyGrainState { Policy = newest }
            : known with { Policy = newest with { Version = newest.Version + 1, IsStopped = true } };
    }

    private async Task TellStops()
    {
        while (state.State.UntoldStop is { } reason) await TellStop(reason);
    }

    private async Task TellStop(string reason)
    {
        var (stopped, command) = (state.State.Policy, state.State.UntoldCommand);
        await Journal(stopped, reason, RecordType.Stop, command);
        // Another stop may have come meanwhile: it is told next.
        if (ReferenceEquals(stopped, state.State.Policy) && command == state.State.UntoldCommand)
            state.State = state.State with { UntoldStop = null };
    }

    /// <summary>What the stop of a record is known by; null of every other record.</summary>
    private Guid? StopOf(LogRecord record)
    {
        if (record.Entry.Type is not RecordType.Stop) return null;
        var change = AuditRecords.Read(record)?.PolicyChange;
        return change?.Policy == this.GetPrimaryKeyString()
            && Policy.Decode(change.PolicyBytes.Span) is { IsStopped: true }
            ? ControlRecords.IdOf(change.CommandId)
            : null;
    }

    private async Task Journal(Policy policy, string reason, RecordType type, Guid command)
    {
        var record = new PolicyChange
        {
            Policy = this.GetPrimaryKeyString(),
            Version = policy.Version,
            PolicyHash = Google.Protobuf.ByteString.CopyFrom(policy.Hash.ToArray()),
            PolicyBytes = Google.Protobuf.ByteString.CopyFrom(policy.Encode()),
            Reason = reason,
        };
        if (command != Guid.Empty) record.CommandId = ControlRecords.BytesOf(command);
        await audit.Append(
            Control.Partition, [new AuditEntry(type, policy.Hash, new AuditRecord { PolicyChange = record })]);
    }
}
