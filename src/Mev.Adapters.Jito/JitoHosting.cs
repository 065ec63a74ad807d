using Mev.Adapters.Jito.Landing;
using Mev.Adapters.Solana.Rpc;
using Mev.Adapters.Solana.Signing.Keys;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Limits;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mev.Adapters.Jito;

/// <summary>Puts the block engine into a host.</summary>
public static class JitoHosting
{
    /// <summary>
    /// Adds a <see cref="JitoSender"/> as the <see cref="IBundleSender"/>; the host runs it
    /// (<see cref="JitoSender.Run"/>). Options come from the section <c>Jito</c>. The host brings a
    /// <see cref="RpcClient"/>, a <see cref="SendPermit"/>, a <see cref="ValueAtSlot"/>, where it can
    /// <see cref="SubmittedCycles"/> and a <see cref="TipsObserved"/>, the chance that spreads waits, a
    /// <see cref="TimeProvider"/>, meters and logs.
    /// </summary>
    public static IServiceCollection AddJito(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddJitoOptions(configuration);
        services.AddSingleton<JitoCounts>();
        services.AddSingleton(provider => new JitoSender(
            Parts(provider), provider.GetRequiredService<ILogger<JitoSender>>()));
        services.AddSingleton<IBundleSender>(provider => provider.GetRequiredService<JitoSender>());
        services.AddSingleton<LimitSource>(provider => provider.GetRequiredService<JitoCounts>().Limits);
        services.AddSingleton<FunnelSource>(provider => provider.GetRequiredService<JitoSender>().Funnel);
        return services;
    }

    /// <summary>
    /// Adds an <see cref="EngineProbe"/> without a sender. The host brings a <see cref="TimeProvider"/>.
    /// </summary>
    public static IServiceCollection AddEngineProbe(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddJitoOptions(configuration);
        return services.AddSingleton<EngineProbe>();
    }

    private static void AddJitoOptions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<JitoOptions>().Bind(configuration.GetSection(JitoOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<JitoOptions>, JitoOptionsValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<JitoOptions>>().Value);
    }

    private static JitoParts Parts(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<JitoOptions>();
        return new JitoParts(
            options,
            new RpcChainReader(provider.GetRequiredService<RpcClient>()),
            ReadKey(options.SearcherKeyFile),
            provider.GetRequiredService<SendPermit>(),
            provider.GetRequiredService<ValueAtSlot>(),
            provider.GetRequiredService<JitoCounts>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<Func<double>>(),
            provider.GetService<SubmittedCycles>(),
            provider.GetService<ChanceWatch>(),
            provider.GetService<TipsObserved>());
    }

    /// <summary>
    /// The searcher's key opens no wallet: it lies in a plain keypair file, readable by its owner alone.
    /// </summary>
    internal static SigningKey? ReadKey(string? path)
    {
        if (path is null) return null;
        return KeyFile.Read(path, passphrase: default, out var defect)
            ?? throw new InvalidOperationException($"Jito:SearcherKeyFile is not used: {defect}");
    }
}
