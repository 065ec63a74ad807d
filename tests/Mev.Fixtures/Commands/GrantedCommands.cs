using System.Collections.Concurrent;
using Mev.Control.Commands;
using Mev.Control.Records;
using Mev.Domain.Limits;
using Mev.Grains.Abstractions.Commands;
using Mev.Grains.Commands;
using Mev.Journal;
using Mev.Journal.Audit;

namespace Mev.Fixtures.Commands;

/// <summary>
/// An authority that grants what a test ordered in this process, signed by nobody: for tests of what owners do with a
/// command. That only signed ones come so far is shown elsewhere.
/// </summary>
public sealed class GrantedCommands(IPartitionedLog log) : ICommandAuthority
{
    private static readonly ConcurrentDictionary<Guid, AuthorisedCommand> Granted = new();
    private static int _count;

    /// <summary>An order with such an effect.</summary>
    public static CommandOrder Order(CommandEffect effect, string reason)
    {
        var number = Interlocked.Increment(ref _count);
        var id = new Guid(number, 0, 0, new byte[8]);
        Granted[id] = new AuthorisedCommand(id, effect, reason, IsDone: false, Offset: number);
        return new CommandOrder
        {
            Command = new SignedEnvelope { SignatureBase = id.ToByteArray(), Signature = default, Body = default },
        };
    }

    /// <summary>What was ordered; done when a change of models in the log names it.</summary>
    public async ValueTask<AuthorisedCommand> Authorise(CommandOrder order)
    {
        var granted = Granted[new Guid(order.Command.SignatureBase.Span)];
        var isDone = false;
        await foreach (var record in log.ReadAll(new(LogTopics.Audit, AuditWriter.ControlPartition), 0))
        {
            isDone |= record.Entry.Type == RecordType.ModelChange
                && AuditRecords.Read(record)?.ModelChange.CommandId == ControlRecords.BytesOf(granted.CommandId);
        }
        return granted with { IsDone = isDone };
    }

    /// <summary>The newest of the log, whoever permitted it.</summary>
    public async ValueTask<Policy> RecordedPolicy()
    {
        var newest = new Policy();
        await foreach (var record in log.ReadAll(new(LogTopics.Audit, AuditWriter.ControlPartition), 0))
        {
            if (record.Entry.Type is not (RecordType.PolicyChange or RecordType.Stop)) continue;
            if (AuditRecords.Read(record)?.PolicyChange is { } change
                && Policy.Decode(change.PolicyBytes.Span) is { } policy && policy.Version >= newest.Version)
            {
                newest = policy;
            }
        }
        return newest;
    }

    public ValueTask<AuthorisedCommand> AuthoriseStop(SignedEnvelope command) =>
        new(Granted[new Guid(command.SignatureBase.Span)]);
}
