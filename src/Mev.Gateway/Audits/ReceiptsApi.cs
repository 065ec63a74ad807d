using System.Globalization;
using Mev.Control.Records;
using Mev.Gateway.Decisions;
using Mev.Gateway.Wire;
using Mev.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Mev.Gateway.Audits;

/// <summary>That a decision or a command is under a signed checkpoint.</summary>
internal static class ReceiptsApi
{
    public static void MapReceipts(this IEndpointRouteBuilder routes, string tag)
    {
        routes.MapGet("/decisions/{id}/proof", Decision).WithTags(tag)
            .WithSummary("That a decision's record is under the newest checkpoint of its partition.");
        routes.MapGet("/commands/{id}", Command).WithTags(tag)
            .WithSummary("A command's receipt, with the proof that its record is under a checkpoint once it is.");
    }

    private static async Task<Results<Ok<AuditBodies.Inclusion>, ProblemHttpResult>> Decision(
        AuditReader audit, DecisionReader decisions, string id, CancellationToken cancellationToken)
    {
        if (!audit.IsSigning) return AuditApi.Unsigned();
        if (!DecisionName.TryParse(id, out var name))
        {
            return Problems.Bad(
                "Not a decision id", $"'{id}' is neither a decision id (a UUID) nor a position (partition@offset).");
        }
        if (await decisions.Find(name, cancellationToken) is not { } position
            || await decisions.Read(position, cancellationToken) is null)
        {
            return Problems.Missing("No such decision", $"The journal holds no decision {id}.");
        }
        if (audit.Inclusion(position) is { } proof) return TypedResults.Ok(proof);
        return Problems.Missing(
            "Not under a checkpoint yet",
            $"Record {position} became durable after the newest checkpoint, or nothing is signed any more (/v1/audit "
            + "says). Ask again in a second.");
    }

    private static async Task<Results<Ok<AuditBodies.Receipt>, ProblemHttpResult>> Command(
        AuditReader audit, ControlLog log, string id, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(id, "D", out var command))
            return Problems.Bad("Not a command id", $"'{id}' is no idempotency key, a UUID in lower case.");
        var state = await log.CatchUp(cancellationToken);
        if (!state.Commands.TryGetValue(command, out var taken))
            return Problems.Missing("No such command", $"The log has no command {id} of the last 30 days.");
        return TypedResults.Ok(new AuditBodies.Receipt(
            command.ToString("D", CultureInfo.InvariantCulture), taken.Name, taken.Entry.Answer?.Status,
            ControlLog.Partition.Partition, taken.Offset, taken.LeafHash,
            audit.Inclusion(new LogPosition(ControlLog.Partition, taken.Offset))));
    }
}
