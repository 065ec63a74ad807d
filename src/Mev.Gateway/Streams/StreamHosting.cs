using Mev.Domain.Limits;
using Mev.Gateway.Streams.Alerts;
using Mev.Gateway.Streams.States;
using Mev.Gateway.Streams.Transports;
using Mev.Streaming.Connections;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Mev.Gateway.Streams;

/// <summary>Puts streams over a log into a host; what else is published, others put in.</summary>
public static class StreamHosting
{
    /// <summary>
    /// Adds channels over the host's <c>IPartitionedLog</c> and the clients that read them. Options come from the
    /// section <c>Streams</c>.
    /// </summary>
    public static IServiceCollection AddStreams(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StreamOptions>().Bind(configuration.GetSection(StreamOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StreamOptions>, StreamOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<StreamChannels>();
        services.AddSingleton<StreamInstruments>();
        services.AddSingleton<StreamHub>();
        services.AddHostedService(provider => provider.GetRequiredService<StreamHub>());
        services.AddSingleton<LimitSource>(provider => provider.GetRequiredService<StreamHub>().Limits);
        services.TryAddSingleton<IStreamAdmission, OpenAdmission>();
        services.AddConnectLimit();
        services.AddGrpc(grpc => grpc.IgnoreUnknownServices = true);
        return services;
    }

    /// <summary>Adds what grains tell: channels of states, and alerts.</summary>
    public static IServiceCollection AddStates(this IServiceCollection services)
    {
        services.AddHostedService<StatePublisher>();
        services.AddHostedService<AlertWatch>();
        return services;
    }

    /// <summary>Maps the transports.</summary>
    public static void MapStreamTransports(this WebApplication app)
    {
        app.UseWebSockets();
        app.MapStreams();
    }
}
