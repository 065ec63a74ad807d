using System.Collections.Immutable;
using System.Text.Json;
using Mev.Control.Policies;
using Mev.Control.Proposals;
using Mev.Control.Records;
using Mev.Domain.Chain;
using Mev.Domain.Limits;
using Mev.Gateway.Wire;
using Mev.Grains.Abstractions.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Mev.Gateway.Control;

/// <summary>What signers look at before they sign: time, start, keys, policy, proposals.</summary>
internal static class ControlApi
{
    public static void MapControl(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/time", (TimeProvider time) =>
            TypedResults.Ok(new ServerTime(time.GetUtcNow().ToUnixTimeMilliseconds())));
        routes.MapGet("/start", Start);
        routes.MapGet("/keys", Keys);
        routes.MapGet("/policy", Policy);
        routes.MapGet("/policy/diff", PolicyDiff.Read);
        routes.MapGet("/proposals", Proposals);
        routes.MapGet("/proposals/{id}", Find);
    }

    private static async Task<Ok<StartBody>> Start(ControlLog log, CancellationToken cancellationToken)
    {
        var state = await log.CatchUp(cancellationToken);
        return TypedResults.Ok(new StartBody(
            state.IsBegun ? "BEGUN" : "SEALED", state.Start?.Root.Hash, state.Start?.Begun?.IsDevelopment,
            state.Commands.Count, state.Ignored));
    }

    private static async Task<Ok<KeyList>> Keys(
        ControlLog log, TimeProvider time, CancellationToken cancellationToken)
    {
        var registry = (await log.CatchUp(cancellationToken)).Registry;
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        return TypedResults.Ok(new KeyList(
        [
            .. registry.Principals.OrderBy(each => each.Key.Name, StringComparer.Ordinal).Select(each =>
                new PrincipalLine(each.Key.Name, $"{each.Value}",
                [
                    .. registry.Keys.Values.Where(key => key.Principal == each.Key).OrderBy(key => key.AddedMs)
                        .Select(key => new KeyLine(
                            $"{key.PublicKey.Id}", $"{key.StatusAt(nowMs)}", key.NotBeforeMs, key.NotAfterMs,
                            key.RevokedMs)),
                ])),
        ]));
    }

    private static async Task<Ok<PolicyBody>> Policy(IGrainFactory grains)
    {
        var policy = await grains.GetGrain<IPolicyGrain>(PolicyKeys.Global).Current();
        return TypedResults.Ok(new PolicyBody(policy, policy.Hash));
    }

    private static async Task<Ok<ProposalList>> Proposals(
        ControlLog log, TimeProvider time, CancellationToken cancellationToken)
    {
        var state = await log.CatchUp(cancellationToken);
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        return TypedResults.Ok(new ProposalList(
        [
            .. state.Proposals.Values.OrderByDescending(each => each.Proposal.CreatedMs)
                .Select(each => Line(each, nowMs)),
        ]));
    }

    private static async Task<Results<Ok<ProposalBody>, ProblemHttpResult>> Find(
        ControlLog log, TimeProvider time, string id, CancellationToken cancellationToken)
    {
        var state = await log.CatchUp(cancellationToken);
        if (!Guid.TryParse(id, out var proposal) || !state.Proposals.TryGetValue(proposal, out var recorded))
            return Problems.Missing("No such proposal", $"There is no proposal '{id}'. /v1/proposals lists them.");
        using var command = JsonDocument.Parse(recorded.Proposal.Command);
        return TypedResults.Ok(new ProposalBody(
            Line(recorded, time.GetUtcNow().ToUnixTimeMilliseconds()),
            Convert.ToBase64String(recorded.Proposal.Command.Span), command.RootElement.Clone(),
            ProposedChanges.Of(recorded, state)));
    }

    private static ProposalLine Line(RecordedProposal recorded, long nowMs)
    {
        var proposal = recorded.Proposal;
        var isOver = proposal.Status == ProposalStatus.Open && !proposal.IsOpen(nowMs);
        return new ProposalLine(
            $"{proposal.Id}", isOver ? "Expired" : $"{proposal.Status}", ProposedChanges.NameOf(recorded),
            $"{proposal.Class}", proposal.Proposer.Principal.Name, proposal.Approver?.Principal.Name,
            proposal.CreatedMs, proposal.CreatedMs + Proposal.LifetimeMs, proposal.CommandHash, recorded.Reason);
    }

    internal sealed record ServerTime(long UnixMs);

    internal sealed record StartBody(
        string State, Digest? TrustRootHash, bool? IsDevelopment, int Commands, long IgnoredRecords);

    internal sealed record KeyList(ImmutableArray<PrincipalLine> Principals);

    internal sealed record PrincipalLine(string Name, string Roles, ImmutableArray<KeyLine> Keys);

    internal sealed record KeyLine(string Id, string Status, long NotBeforeMs, long NotAfterMs, long? RevokedMs);

    internal sealed record PolicyBody(Policy Policy, Digest Hash);

    internal sealed record ProposalList(ImmutableArray<ProposalLine> Proposals);

    internal sealed record ProposalLine(
        string Id, string Status, string Op, string Class, string Proposer, string? Second, long CreatedMs,
        long ExpiresMs, Digest CommandSha256, string Reason);

    internal sealed record ProposalBody(
        ProposalLine Proposal, string CommandB64, JsonElement Command, ImmutableArray<LimitChange> Changes);
}
