using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Limits;
using Mev.Domain.Pools;
using Mev.Gateway.Wire;
using Mev.Grains.Abstractions.Feed;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Abstractions.Pools;
using Mev.Grains.Abstractions.Shards;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Mev.Gateway.Pools;

/// <summary><c>/v1/pools</c>: the pools that cycles use, as the shards hold them.</summary>
internal static class PoolsApi
{
    public static void MapPools(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/pools", List);
        routes.MapGet("/pools/{id}", Find);
    }

    private static async Task<Results<Ok<PoolPage>, ProblemHttpResult>> List(
        IGrainFactory grains, string? after, string? limit)
    {
        if (PageLimit.Read(limit, out var count) is { } bad) return bad;
        PoolId? start = null;
        if (after is not null)
        {
            if (!Pubkey.TryParse(after, out var address)) return BadAddress("after", after);
            start = new PoolId(address);
        }
        var ids = await Feed(grains).Pools(start, count);
        var policy = await grains.GetGrain<IPolicyGrain>(PolicyKeys.Global).Current();
        var views = await Task.WhenAll(ids.Select(id => Pool(grains, id).Describe().AsTask()));
        var lines = views.OfType<PoolView>().Select(view => Line(view, policy)).ToImmutableArray();
        return TypedResults.Ok(new PoolPage(lines, ids.Length == count ? ids[^1] : null));
    }

    internal static async Task<Results<Ok<PoolBody>, ProblemHttpResult>> Find(IGrainFactory grains, string id)
    {
        if (!Pubkey.TryParse(id, out var address)) return BadAddress("pool", id);
        var pool = new PoolId(address);
        if (!await Feed(grains).HasPool(pool) || await Pool(grains, pool).Describe() is not { } view)
        {
            return Problems.Missing(
                "No such pool", $"No indexed cycle uses pool {id}. /v1/pools lists those that are used.");
        }
        var policy = await grains.GetGrain<IPolicyGrain>(PolicyKeys.Global).Current();
        return TypedResults.Ok(new PoolBody(view, IsQuarantined(view, policy)));
    }

    private static IFeedGrain Feed(IGrainFactory grains) => grains.GetGrain<IFeedGrain>(FeedKeys.Main);

    private static IPoolGrain Pool(IGrainFactory grains, PoolId id) => grains.GetGrain<IPoolGrain>(id.ToString());

    private static bool IsQuarantined(PoolView view, Policy policy) => policy.QuarantinedPools.Contains(view.Id);

    private static PoolLine Line(PoolView view, Policy policy) => new(
        view.Id, view.Protocol, view.MintA, view.MintB, view.Slot, view.Defect, view.Condition,
        IsQuarantined(view, policy), view.RateAToB, view.RateBToA, view.Cycles);

    private static ProblemHttpResult BadAddress(string what, string text) => Problems.Bad(
        "Not a pool address", $"{what} '{text}' is not base58 of 32 bytes. Use an id from /v1/pools.");

    internal sealed record PoolPage(ImmutableArray<PoolLine> Pools, PoolId? Next);

    internal sealed record PoolLine(
        PoolId Id, Protocol Protocol, Pubkey MintA, Pubkey MintB, Slot Slot, PoolDefect Defect,
        PoolCondition Condition, bool IsQuarantined, double RateAToB, double RateBToA, int Cycles);

    internal sealed record PoolBody(PoolView Pool, bool IsQuarantined);
}
