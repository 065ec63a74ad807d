using System.Collections.Immutable;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Gateway.Wire;
using Mev.Journal;
using Mev.Journal.Stores.Queries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Mev.Gateway.Stores;

/// <summary><c>/v1/decisions/search</c>: decisions by what is known of them, from the decision store.</summary>
internal static class SearchApi
{
    public static void MapSearch(this IEndpointRouteBuilder routes) => routes.MapGet("/decisions/search", Search);

    private static async Task<Results<Ok<SearchPage>, ProblemHttpResult>> Search(
        IServiceProvider services, [AsParameters] Asked asked, CancellationToken cancellationToken)
    {
        if (services.GetService<IDecisionStore>() is not { } store) return StoreApi.Missing();
        if (asked.Read(out var search) is { } problem) return problem;
        var found = await store.Search(search, cancellationToken);
        var next = found.Length == search.Limit ? found[^1].Place.ToString() : null;
        return TypedResults.Ok(new SearchPage([.. found.Select(SearchLine.Of)], next));
    }

    internal sealed record SearchPage(ImmutableArray<SearchLine> Decisions, string? Next);

    internal sealed record SearchLine(
        string At, Guid? Id, string Strategy, string Action, string Reason, ulong Slot, Lamports Value, Lamports Tip,
        int? TipBasisPoints, string Route, string Opportunity, ImmutableArray<string> Pools, string? Outcome,
        string? Cause, Lamports? Net, int Partition, long Offset)
    {
        public static SearchLine Of(FoundDecision found) => new(
            Moments.Iso(found.Place.DecidedNs), found.Id, found.Strategy, found.Action, found.Reason, found.Slot,
            found.Value, found.Tip, found.TipBasisPoints, found.Route, found.Opportunity, found.Pools, found.Outcome,
            found.Cause, found.Net, found.Place.Partition, found.Place.Offset);
    }

    /// <summary>The question as it came.</summary>
    internal sealed record Asked(
        string? Strategy, string? Action, string? Reason, string? Outcome, string? Pool, string? Mint, string? From,
        string? To, string? Id, string? After, string? Limit)
    {
        public ProblemHttpResult? Read(out DecisionSearch search)
        {
            search = new DecisionSearch { Strategy = Strategy };
            if (PageLimit.Read(Limit, out var limit) is { } badLimit) return badLimit;
            if (StoreQueryText.Name<DecisionAction>("action", Action, out var action) is { } badAction)
                return badAction;
            if (StoreQueryText.Name<DecisionReason>("reason", Reason, out var reason) is { } badReason)
                return badReason;
            if (StoreQueryText.Name<BundleOutcomeKind>("outcome", Outcome, out var outcome) is { } badOutcome)
                return badOutcome;
            if (StoreQueryText.Time("from", From, out var from) is { } badFrom) return badFrom;
            if (StoreQueryText.Time("to", To, out var to) is { } badTo) return badTo;
            if (Address("pool", Pool, out var pool) is { } badPool) return badPool;
            if (Address("mint", Mint, out var mint) is { } badMint) return badMint;
            if (Cursor(After, out var after) is { } badCursor) return badCursor;
            var (decision, opportunity) = (default(Guid), default(Digest));
            var isDecision = Id is not null && Guid.TryParseExact(Id, "D", out decision);
            if (Id is not null && !isDecision && !Digest.TryParse(Id, out opportunity))
            {
                return Problems.Bad(
                    "Bad id", $"id '{Id}' is neither a decision's (a UUID) nor an opportunity's (64 hex digits).");
            }
            search = search with
            {
                Limit = limit,
                After = after,
                Action = action,
                Reason = reason,
                Outcome = outcome,
                Pool = pool,
                Mint = mint,
                FromNs = from,
                ToNs = to,
                DecisionId = isDecision ? decision : null,
                Opportunity = Id is null || isDecision ? null : opportunity,
            };
            return null;
        }

        private static ProblemHttpResult? Cursor(string? text, out SearchCursor? cursor)
        {
            cursor = null;
            if (text is null) return null;
            if (!SearchCursor.TryParse(text, out var place))
            {
                return Problems.Bad(
                    "Bad cursor", $"after '{text}' is no cursor. Use 'next' of the page before, unchanged.");
            }
            cursor = place;
            return null;
        }

        private static ProblemHttpResult? Address(string name, string? text, out Pubkey? address)
        {
            address = null;
            if (text is null) return null;
            if (!Pubkey.TryParse(text, out var key))
                return Problems.Bad($"Bad {name}", $"{name} '{text}' is no address (base58 of 32 bytes).");
            address = key;
            return null;
        }
    }
}
