using Mev.Domain.Limits;
using Mev.Streaming.Connections;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mev.Gateway.Sessions;

/// <summary>Puts into a host who may read.</summary>
internal static class SessionHosting
{
    public static IServiceCollection AddReaders(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ReadSessions>();
        services.AddSingleton<SessionDesk>();
        services.AddSingleton<LimitSource>(provider => provider.GetRequiredService<ReadSessions>().Limits);
        if (RuleOf(configuration) == ReaderRule.Sessions)
            services.AddSingleton<IStreamAdmission, SessionAdmission>();
        return services;
    }

    public static void UseReaders(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.Readers == ReaderRule.Sessions)
            app.UseMiddleware<ReaderGate>();
    }

    /// <summary>What is configured, before there are services to ask.</summary>
    public static ReaderRule RuleOf(IConfiguration configuration) =>
        configuration.GetSection(GatewayOptions.Section).GetValue(nameof(GatewayOptions.Readers), ReaderRule.Everybody);
}
