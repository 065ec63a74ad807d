using System.Globalization;
using Mev.Control.Checkpoints;
using Mev.Gateway.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Mev.Gateway.Audits;

/// <summary><c>/v1/audit</c>: checkpoints and proofs of the journal (docs/audit.md).</summary>
internal static class AuditApi
{
    private const string Tag = "audit";

    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/audit").WithTags(Tag);
        audit.MapGet("", Describe).WithSummary("The log's key, and its partitions with their signed sizes.");
        audit.MapGet("/{partition}/checkpoint", Checkpoint)
            .WithSummary("The newest signed checkpoint, or the first that covers 'size' records, with cosignatures.");
        audit.MapGet("/{partition}/checkpoints", Checkpoints).WithSummary("Signed checkpoints in order.");
        audit.MapGet("/{partition}/inclusion", Inclusion)
            .WithSummary("That record 'seq' is in the tree of 'size'; without it of the newest checkpoint.");
        audit.MapGet("/{partition}/consistency", Consistency)
            .WithSummary("That the tree of 'from' records is the beginning of that of 'to'.");
        audit.MapGet("/{partition}/leaf/{seq}", Leaf).WithSummary("One record with its exact bytes.");
        audit.MapGet("/{partition}/leaves", Leaves).WithSummary("Leaf hashes of the signed tree in order.");
        audit.MapGet("/{partition}/records", Records).WithSummary("Records of the journal in order, signed or not.");
        routes.MapReceipts(Tag);
    }

    /// <summary>The problem of a host that signs nothing.</summary>
    public static ProblemHttpResult Unsigned() => Problems.Missing(
        "No audit log", "This host signs no checkpoints: start it with --Audit:KeyPath FILE ('mevctl keys generate').");

    private static Results<Ok<AuditBodies.Log>, ProblemHttpResult> Describe(AuditReader audit) =>
        audit.Describe() is { } body ? TypedResults.Ok(body) : Unsigned();

    private static Results<Ok<AuditBodies.Checkpoint>, ProblemHttpResult> Checkpoint(
        AuditReader audit, string partition, string? size)
    {
        if (Find(audit, partition, out var found) is { } none) return none;
        long? covered = null;
        if (size is not null)
        {
            if (NumberText.Read("size", size, 1, found.SignedSize, null, out var number) is { } bad) return bad;
            covered = number;
        }
        return audit.Checkpoint(found, covered) is { } body
            ? TypedResults.Ok(body)
            : Problems.Missing("No checkpoint yet", $"Partition {partition} has no record under a checkpoint yet.");
    }

    private static Results<Ok<AuditBodies.Checkpoints>, ProblemHttpResult> Checkpoints(
        AuditReader audit, string partition, string? from, string? limit)
    {
        if (Find(audit, partition, out var found) is { } none) return none;
        if (PageLimit.Read(limit, out var count) is { } badLimit) return badLimit;
        if (NumberText.Read("from", from, 0, long.MaxValue, 0, out var size) is { } bad) return bad;
        return TypedResults.Ok(AuditReader.Checkpoints(found, size, count));
    }

    private static Results<Ok<AuditBodies.Inclusion>, ProblemHttpResult> Inclusion(
        AuditReader audit, string partition, string? seq, string? size)
    {
        if (Find(audit, partition, out var found) is { } none) return none;
        var signed = found.SignedSize;
        if (NumberText.Read("size", size, 1, signed, signed, out var of) is { } badSize) return badSize;
        if (NumberText.Read("seq", seq, 0, of - 1, null, out var index) is { } bad) return bad;
        return TypedResults.Ok(AuditReader.Inclusion(found, index, of));
    }

    private static Results<Ok<AuditBodies.Consistency>, ProblemHttpResult> Consistency(
        AuditReader audit, string partition, string? from, string? to)
    {
        if (Find(audit, partition, out var found) is { } none) return none;
        var signed = found.SignedSize;
        if (NumberText.Read("to", to, 1, signed, signed, out var larger) is { } badTo) return badTo;
        if (NumberText.Read("from", from, 1, larger, null, out var smaller) is { } bad) return bad;
        return TypedResults.Ok(AuditReader.Consistency(found, smaller, larger));
    }

    private static async Task<Results<Ok<AuditBodies.Record>, ProblemHttpResult>> Leaf(
        AuditReader audit, string partition, string seq, CancellationToken cancellationToken)
    {
        if (Find(audit, partition, out var found) is { } none) return none;
        if (NumberText.Read("seq", seq, 0, long.MaxValue, null, out var index) is { } bad) return bad;
        return await audit.Record(found.Partition, index, cancellationToken) is { } body
            ? TypedResults.Ok(body)
            : Problems.Missing("No such record", $"The journal has no record {partition}@{seq}.");
    }

    private static Results<Ok<AuditBodies.Leaves>, ProblemHttpResult> Leaves(
        AuditReader audit, string partition, string? from, string? limit)
    {
        if (Find(audit, partition, out var found) is { } none) return none;
        if (NumberText.Read("from", from, 0, long.MaxValue, 0, out var first) is { } bad) return bad;
        if (NumberText.Read("limit", limit, 1, AuditReader.LeavesMax, AuditReader.LeavesMax, out var count) is { } over)
            return over;
        return TypedResults.Ok(AuditReader.Leaves(found, first, (int)count));
    }

    private static async Task<Results<Ok<AuditBodies.Records>, ProblemHttpResult>> Records(
        AuditReader audit, string partition, string? from, string? limit, CancellationToken cancellationToken)
    {
        if (Find(audit, partition, out var found) is { } none) return none;
        if (PageLimit.Read(limit, out var count) is { } badLimit) return badLimit;
        if (NumberText.Read("from", from, 0, long.MaxValue, 0, out var first) is { } bad) return bad;
        return TypedResults.Ok(await audit.Records(found.Partition, first, count, cancellationToken));
    }

    private static ProblemHttpResult? Find(AuditReader audit, string text, out PartitionCheckpoints partition)
    {
        partition = null!;
        if (!audit.IsSigning) return Unsigned();
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        if (isNumber && audit.Find(number) is { } found)
        {
            partition = found;
            return null;
        }
        return Problems.Missing(
            "No such partition", $"There is no partition '{text}': they are 0 to {audit.Partitions - 1}.");
    }
}
