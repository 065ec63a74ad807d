using System.Collections.Immutable;
using Mev.Control.Policies;
using Mev.Control.Records;
using Mev.Gateway.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mev.Gateway.Control;

/// <summary>What changed between two versions of the policy, with who changed it and why.</summary>
internal static class PolicyDiff
{
    /// <summary>From the version before by default, to the one in force by default.</summary>
    public static async Task<Results<Ok<Body>, ProblemHttpResult>> Read(
        ControlLog log, string? from, string? to, CancellationToken cancellationToken)
    {
        var history = (await log.CatchUp(cancellationToken)).History;
        var oldest = (long)history.Versions[0].Policy.Version;
        var newest = (long)history.Versions[^1].Policy.Version;
        if (NumberText.Read("to", to, oldest, newest, newest, out var last) is { } badTo) return badTo;
        var previous = history.Versions.FindLast(each => (long)each.Policy.Version < last) ?? history.Versions[0];
        if (NumberText.Read("from", from, oldest, last, (long)previous.Policy.Version, out var first) is { } badFrom)
            return badFrom;
        if (history.Find((ulong)first) is not { } before || history.Find((ulong)last) is not { } after)
        {
            return Problems.Missing(
                "No such version", $"Of versions {first} and {last} one was never in force. Ask for one that was.");
        }
        return TypedResults.Ok(new Body(
            before.Policy.Version, after.Policy.Version,
            [
                .. history.Between(before.Policy.Version, after.Policy.Version).Select(each => new VersionLine(
                    each.Policy.Version, each.RecordedMs, each.Reason, each.CommandId?.ToString())),
            ],
            PolicyChanges.Between(before.Policy, after.Policy)));
    }

    internal sealed record Body(
        ulong From, ulong To, ImmutableArray<VersionLine> Versions, ImmutableArray<LimitChange> Changes);

    internal sealed record VersionLine(ulong Version, long RecordedMs, string Reason, string? CommandId);
}
