using Mev.Control.Records;
using Mev.Control.Starts;
using Mev.Domain.Chain;
using Mev.Gateway;
using Mev.Grains.Feed;
using Microsoft.Extensions.Options;

namespace Mev.DevHost.Control;

/// <summary>Says whose commands this host takes, and on which journal it starts.</summary>
internal static class ControlHosting
{
    public static IServiceCollection AddControl(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TrustRootOptions>().Bind(configuration.GetSection(TrustRootOptions.Section))
            .ValidateOnStart()
            .Validate(
                root => (root.Path.Length == 0) == (root.Sha256.Length == 0),
                "TrustRoot:Path and TrustRoot:Sha256 go together: the file, and the SHA-256 of the one that is meant");
        services.AddSingleton<IValidateOptions<TrustRootOptions>, TrustRootOptionsValidator>();
        services.AddSingleton(TermsOf);
        services.AddSingleton<DevelopmentStart>();
        services.AddHostedService(provider => provider.GetRequiredService<DevelopmentStart>());
        services.AddSingleton<BeforeFeed>(provider => provider.GetRequiredService<DevelopmentStart>().Ended);
        return services;
    }

    /// <summary>Refuses to start on the log of another cluster, or with development keys where money is.</summary>
    /// <exception cref="OptionsValidationException">It does.</exception>
    public static async Task CheckStart(this IServiceProvider services)
    {
        var terms = services.GetRequiredService<ControlTerms>();
        var isLive = Execution(services).Mode == ExecutionMode.Live;
        if (terms.Root is not { } root)
        {
            if (isLive)
                throw Refused("TrustRoot:Path is not set: Live starts with the admins who may begin its cluster");
            return;
        }
        var state = await services.GetRequiredService<ControlLog>().CatchUp();
        var isDevelopment = services.GetRequiredService<IHostEnvironment>().IsDevelopment();
        if (StartRule.Refusal(root, state.Leaf0, isLive, isDevelopment, terms.IsDevelopmentRoot) is { } refusal)
            throw Refused($"TrustRoot: {refusal}");
    }

    private static ControlTerms TermsOf(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<TrustRootOptions>>().Value;
        var configuration = services.GetRequiredService<IConfiguration>();
        var given = services.GetRequiredService<IOptions<GatewayOptions>>().Value.PublicAuthorities;
        var authorities = given.Count > 0 ? given : LoopbackRule.Authorities(configuration);
        var isDevelopment = services.GetRequiredService<IHostEnvironment>().IsDevelopment()
            && Execution(services).Mode != ExecutionMode.Live;
        if (options.Path.Length > 0)
            return new ControlTerms { Root = Read(options), Authorities = authorities };
        return isDevelopment
            ? new ControlTerms
            {
                Root = DevelopmentKeys.Root(options.DevelopmentFolder),
                IsDevelopmentRoot = true,
                Authorities = authorities,
            }
            : new ControlTerms { Authorities = authorities };
    }

    private static TrustRoot Read(TrustRootOptions options)
    {
        try
        {
            return TrustRoot.Read(
                File.ReadAllBytes(options.Path),
                Digest.TryParse(options.Sha256, out var pinned) ? pinned : default);
        }
        catch (Exception failure) when (failure is FormatException or IOException or UnauthorizedAccessException)
        {
            throw Refused($"TrustRoot:Path '{options.Path}': {failure.Message}");
        }
    }

    private static ExecutionOptions Execution(IServiceProvider services) =>
        services.GetRequiredService<IOptions<ExecutionOptions>>().Value;

    private static OptionsValidationException Refused(string message) =>
        new(TrustRootOptions.Section, typeof(TrustRootOptions), [message]);
}
