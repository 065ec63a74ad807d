using System.Security.Cryptography;
using Mev.Adapters.Solana.Probes;
using Mev.Adapters.Solana.Rpc;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Domain.Limits;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mev.Adapters.Solana;

/// <summary>Puts the account stream and the node's JSON-RPC into a host.</summary>
public static class YellowstoneHosting
{
    /// <summary>
    /// Adds a <see cref="YellowstoneFeed"/> and a <see cref="RpcClient"/>, which connect when they are first used.
    /// Options come from the sections <c>Yellowstone</c> and <c>Rpc</c>. The host brings a <see cref="TimeProvider"/>,
    /// meters and logs.
    /// </summary>
    public static IServiceCollection AddYellowstone(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<YellowstoneOptions>().Bind(configuration.GetSection(YellowstoneOptions.Section))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<YellowstoneOptions>, YellowstoneOptionsValidator>();
        services.AddOptions<RpcOptions>().Bind(configuration.GetSection(RpcOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RpcOptions>, RpcOptionsValidator>();
        services.AddSingleton<Func<double>>(_ => Chance);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<YellowstoneOptions>>().Value);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<RpcOptions>>().Value);
        services.AddSingleton<YellowstoneCounts>();
        services.AddSingleton<FeedLag>();
        services.AddSingleton<RpcClient>();
        services.AddSingleton<YellowstoneFeed>();
        services.AddSingleton<LimitSource>(provider => provider.GetRequiredService<YellowstoneCounts>().Limits);
        return services;
    }

    /// <summary>Adds a <see cref="NodeProbe"/>; what it asks comes by <see cref="AddYellowstone"/>.</summary>
    public static IServiceCollection AddNodeProbe(this IServiceCollection services) =>
        services.AddSingleton<NodeProbe>();

    // Spreads waits; decides nothing.
    private static double Chance() => RandomNumberGenerator.GetInt32(1 << 30) / (double)(1 << 30);
}
