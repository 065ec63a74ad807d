using Mev.Control.Checkpoints;
using Mev.Gateway.Audits;
using Mev.Gateway.Commands;
using Mev.Gateway.Control;
using Mev.Gateway.Decisions;
using Mev.Gateway.Funnels;
using Mev.Gateway.Health;
using Mev.Gateway.Models;
using Mev.Gateway.Overviews;
using Mev.Gateway.Pools;
using Mev.Gateway.Sessions;
using Mev.Gateway.Stores;
using Mev.Gateway.Strategies;
using Mev.Gateway.Streams;
using Mev.Gateway.Wire;
using Mev.Journal.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Scalar.AspNetCore;

namespace Mev.Gateway;

/// <summary>Puts the HTTP interface into a host.</summary>
public static class GatewayHosting
{
    /// <summary>
    /// Adds the readers behind the endpoints. The host brings an <c>IGrainFactory</c> and a journal
    /// (<c>IPartitionedLog</c>, <c>IJournalIndex</c>), a store of nonces (<c>INonceStore</c>), the grains' services,
    /// and before this a <see cref="LandRateLabel"/> where it is not paper; where it sends to a block engine, a
    /// <c>FunnelSource</c>; where it fills a decision store, that (<c>IDecisionStore</c>, <c>IStoreCopies</c>) with its
    /// <c>SinkProgress</c>. Options come from the section <c>Gateway</c>.
    /// </summary>
    public static IServiceCollection AddMevApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<GatewayOptions>().Bind(configuration.GetSection(GatewayOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>();
        services.AddSingleton<NonceDesk>();
        services.AddHostedService(provider => provider.GetRequiredService<NonceDesk>());
        services.AddSingleton<StopDesk>();
        services.AddSingleton<RefusedCommands>();
        services.AddSingleton<CommandDesk>();
        services.AddReaders(configuration);
        services.AddCommandLimits();
        services.TryAddSingleton<AuditGate>();
        services.TryAddSingleton(CheckpointTerms.None);
        services.TryAddSingleton<AuditTrees>();
        services.AddSingleton<AuditReader>();
        services.AddSingleton<CosignatureDesk>();
        services.AddHostedService(provider => provider.GetRequiredService<CosignatureDesk>());
        services.AddStreams(configuration);
        services.AddStates();
        services.AddOpenApi("v1", options =>
        {
            options.ShouldInclude = endpoint =>
                endpoint.RelativePath is { } path
                && (path.StartsWith("v1/", StringComparison.Ordinal)
                    || path.StartsWith("health/", StringComparison.Ordinal));
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = "Mev.Orleans";
                return Task.CompletedTask;
            });
        });
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
            context.ProblemDetails.Detail ??= Unanswered(context.HttpContext.Request));
        services.ConfigureHttpJsonOptions(options => DomainJson.Configure(options.SerializerOptions));
        services.TryAddSingleton(new LandRateLabel(LandRateLabel.Paper));
        services.AddSingleton<OverviewReader>();
        services.AddSingleton<DecisionPages>();
        services.AddSingleton<DecisionReader>();
        return services;
    }

    /// <summary>
    /// Maps health and version 1; every error is a problem of RFC 9457 that names the thing and the remedy.
    /// </summary>
    public static void MapMevApi(this WebApplication app)
    {
        app.UseStatusCodePages(); // what no endpoint takes is a problem too
        app.UseReaders();
        app.UseReceivedCommands();
        app.UseRateLimiter();
        app.MapHealth();
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapScalarApiReference("/docs");
        app.MapCommands();
        app.MapStreamTransports();
        var v1 = app.MapGroup("/v1").AddEndpointFilter<OutageFilter>();
        v1.MapOverview();
        v1.MapFunnel();
        v1.MapDecisions();
        v1.MapPools();
        v1.MapStrategies();
        v1.MapModels();
        v1.MapStore();
        v1.MapSearch();
        v1.MapHistory();
        v1.MapControl();
        v1.MapAudit();
    }

    private static string Unanswered(HttpRequest request) =>
        $"Nothing answers {request.Method} {request.Path} so. There are /health/live, /health/ready, and under /v1: "
        + "overview, funnel, decisions, pools, strategies, models, store, history, policy, proposals, keys, start, "
        + "time, audit, commands/ID, stream; "
        + "signed commands go by POST to /v1/commands, /v1/stop, /v1/genesis, /v1/sessions and "
        + "/v1/stream/tickets. /docs shows all of it.";
}
