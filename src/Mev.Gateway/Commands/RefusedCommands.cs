using Mev.Control.Commands;
using Mev.Control.Records;
using Mev.Control.Signatures;
using Mev.Journal;
using Mev.Journal.Audit;
using Microsoft.Extensions.Logging;

namespace Mev.Gateway.Commands;

/// <summary>
/// Journals commands that were refused though somebody's key was asked: so many in a second, and of keys that nobody
/// knows one in a minute, so that nobody can flood the log; the others are counted in the next record.
/// </summary>
internal sealed partial class RefusedCommands(AuditWriter audit, TimeProvider time, ILogger<RefusedCommands> logger)
{
    // of these nobody's key was looked up yet, or nobody is to blame
    private static readonly HashSet<string> NotRecorded =
    [
        CommandRefusal.MalformedRequest.Code, CommandRefusal.SignatureMissing.Code,
        CommandRefusal.SignatureProfile.Code, CommandRefusal.AuthorityNotAllowed.Code,
        CommandRefusal.RateLimited.Code, CommandRefusal.AuditUnavailable.Code,
        CommandRefusal.NonceStoreUnavailable.Code, CommandRefusal.OwnerUnavailable.Code,
        CommandRefusal.IdempotencyInProgress.Code,
    ];

    private readonly RecordShare _known = new(recordsMax: 5, seconds: 1);
    private readonly RecordShare _strangers = new(recordsMax: 1, seconds: 60);

    /// <summary>Tells the journal, without waiting for it.</summary>
    public void Tell(KeyId? key, CommandRefusal refusal, string path, string address)
    {
        if (NotRecorded.Contains(refusal.Code)) return;
        var share = key is null ? _strangers : _known;
        if (!share.TryTake(time.GetUtcNow().ToUnixTimeSeconds(), out var unrecorded)) return;
        _ = Append(ControlRecords.Refused(key, refusal, path, address, unrecorded));
    }

    private async Task Append(AuditEntry entry)
    {
        try
        {
            await audit.Append(AuditWriter.ControlPartition, [entry]);
        }
        catch (JournalUnavailableException failure)
        {
            LogNotRecorded(failure.Message);
        }
    }

    [LoggerMessage(6000, LogLevel.Warning, "A refused command is not journalled: {Reason}")]
    private partial void LogNotRecorded(string reason);
}
