using System.Text.Json;
using System.Text.Json.Nodes;
using Mev.Control.Commands;
using Mev.Control.Ledger;
using Mev.Control.Records;
using Mev.Grains.Abstractions.Commands;
using Mev.Journal.Audit;

namespace Mev.Grains.Sessions;

/// <summary>The exact bytes that commands are answered and the ledger keeps.</summary>
internal static class CommandAnswers
{
    private const int Accepted = 202;

    /// <summary>The receipt: which leaf of the log the command is, and what came of it.</summary>
    public static LedgerAnswer Receipt(TakenCommand taken, EffectAnswer? effect)
    {
        var body = new JsonObject
        {
            ["command_id"] = taken.Entry.CommandId.ToString(),
            ["audit_shard"] = AuditWriter.ControlPartition,
            ["seq"] = taken.Offset,
            ["leaf_hash"] = taken.LeafHash.ToString(),
            ["op"] = taken.Name,
        };
        if (taken.Proposal is { } proposal)
        {
            body["proposal"] = proposal.Id.ToString();
            body["proposal_status"] = proposal.Status.ToString();
            body["command_sha256"] = proposal.CommandHash.ToString();
        }
        if (effect is not null) body["version"] = effect.Version.ToString();
        return new LedgerAnswer(Accepted, JsonSerializer.SerializeToUtf8Bytes(body));
    }

    /// <summary>A refusal that the ledger keeps (RFC 9457).</summary>
    public static LedgerAnswer Problem(CommandRefusal refusal, string detail) =>
        new(refusal.Status, JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["type"] = $"urn:mev:error:{refusal.Code}",
            ["title"] = refusal.Code.Replace('_', ' '),
            ["status"] = refusal.Status,
            ["detail"] = detail,
            ["code"] = refusal.Code,
        }));

    /// <summary>A refusal that the ledger does not keep: the same command may come again.</summary>
    public static CommandAnswer Refused(CommandRefusal refusal, string detail) =>
        new() { Status = refusal.Status, Code = refusal.Code, Detail = detail };
}
