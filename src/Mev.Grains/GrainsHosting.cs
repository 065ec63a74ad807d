using Mev.Control.Checkpoints;
using Mev.Control.Commands;
using Mev.Control.Records;
using Mev.Control.Starts;
using Mev.Domain.Cycles;
using Mev.Domain.Feed;
using Mev.Grains.Audit;
using Mev.Grains.Bundles;
using Mev.Grains.Commands;
using Mev.Grains.Feed;
using Mev.Grains.Learning;
using Mev.Grains.Limits;
using Mev.Grains.Sessions;
using Mev.Grains.Shards;
using Mev.Grains.Signing;
using Mev.Grains.Strategies;
using Mev.Grains.Wallets;
using Mev.Journal.Audit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Mev.Grains;

/// <summary>Puts the engine into a silo.</summary>
public static class GrainsHosting
{
    private const string WriteAheadKey = "WriteAheadRule";
    private const string TestEnvironment = "Test";

    /// <summary>
    /// Adds grains' services and the feed pump. The host brings an <see cref="IMarketFeed"/>, an
    /// <see cref="Domain.Bundles.IBundleSender"/>, a <see cref="BundleBuilderFactory"/>, a <see cref="PoolAssembler"/>,
    /// a journal with its <see cref="CodeIdentity"/>, and a grain storage; where commands are taken
    /// <see cref="ControlTerms"/>; where conflating runs are recorded a <see cref="DrainTape"/>; where
    /// checkpoints are signed <see cref="CheckpointTerms"/>, and opens its <see cref="AuditTrees"/> before it starts;
    /// where bundles are signed also
    /// <see cref="SigningTerms"/>, an <see cref="Domain.Signing.ITransactionSigner"/> and an
    /// <see cref="Domain.Wallets.IWalletReader"/>. Options come from the sections
    /// <c>Trading</c>, <c>Pump</c> and <c>Model</c>.
    /// </summary>
    public static IServiceCollection AddMevGrains(this IServiceCollection services, IConfiguration configuration)
    {
        var trading = configuration.GetSection("Trading");
        var options = services.AddOptions<TradingOptions>().Bind(trading).ValidateOnStart();
        if (trading[WriteAheadKey] is { } rule)
            options.PostConfigure<IHostEnvironment>((o, environment) => o.WriteAhead = Allowed(rule, environment));
        services.AddSingleton<IValidateOptions<TradingOptions>, TradingOptionsValidator>();
        services.AddOptions<FeedPumpOptions>().Bind(configuration.GetSection("Pump")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<FeedPumpOptions>, FeedPumpOptionsValidator>();
        services.AddOptions<ModelOptions>().Bind(configuration.GetSection("Model")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ModelOptions>, ModelOptionsValidator>();
        services.AddSingleton<IValidateOptions<ModelOptions>, ModelGateRule>();
        services.AddSingleton<ModelInForce>();
        services.AddSingleton<ModelShelf>();
        services.AddSingleton<ModelStart>();
        services.AddSingleton<StrategyCatalog>();
        services.AddSingleton(new SizingLimits());
        services.AddSingleton<DecisionIds>();
        services.AddSingleton<PolicyInForce>();
        services.AddSingleton<CapBoard>();
        services.AddShards();
        services.AddSingleton<MarketState>();
        services.AddSingleton<ShardDrains>();
        services.AddSingleton<DecisionRounds>();
        services.AddSingleton<OutcomeRounds>();
        services.AddSingleton<DecisionBacklog>();
        services.AddSingleton<EngineLimits>();
        services.AddSingleton<EngineInput>();
        services.AddSingleton<FeedProgress>();
        services.TryAddSingleton<AuditGate>();
        services.TryAddSingleton(CheckpointTerms.None);
        services.TryAddSingleton<AuditTrees>();
        services.AddHostedService<CheckpointPump>(); // before the writer, so that it ends after it
        services.AddSingleton<AuditWriter>();
        services.AddHostedService<WriterLifetime>();
        services.AddSingleton<Blobs>();
        services.AddSingleton(typeof(WriteAheadRule), Rule);
        services.AddSingleton<EarlyHandOver>();
        services.AddSingleton<CongestionGauge>();
        services.AddSingleton<RecordCounts>();
        services.AddSingleton<BundleCounts>();
        services.AddSingleton<BundleIntents>();
        services.AddSingleton<OutcomeOrder>();
        services.AddTransient<BundleOutcomes>(); // of one bundle each
        services.AddTransient<BundleHandOver>();
        services.TryAddSingleton(ControlTerms.None);
        services.AddSingleton<ControlLog>();
        services.AddSingleton(VerifierOf);
        services.AddSingleton<ICommandAuthority, LogAuthority>();
        services.TryAddSingleton(SigningTerms.None);
        services.AddSingleton<WalletBook>();
        services.AddSingleton<Permits>();
        services.AddSingleton<SigningDesk>();
        services.AddSingleton<AuditLag>();
        services.AddHostedService<AuditWatch>();
        services.AddHostedService<GenesisCompletion>();
        services.AddHostedService<WalletWatch>();
        services.AddHostedService<FeedPump>();
        return services;
    }

    private static void AddShards(this IServiceCollection services)
    {
        services.AddSingleton<MarketShards>();
        services.AddSingleton<ShardOwners>();
        services.AddPlacementDirector<ShardPlacement, ShardPlacementDirector>();
        services.AddSingleton<DefectCounts>();
        services.AddSingleton<ShardIntake>();
        services.TryAddSingleton(DrainTape.None);
        services.AddSingleton<DrainTurns>();
    }

    private static CommandVerifier VerifierOf(IServiceProvider provider) =>
        new(((ControlTerms)provider.GetService(typeof(ControlTerms))!).Authorities);

    private static object Rule(IServiceProvider provider) =>
        ((IOptions<TradingOptions>)provider.GetService(typeof(IOptions<TradingOptions>))!).Value.WriteAhead;

    // A broken rule is a mutation that shows what the fault tests are worth.
    private static WriteAheadRule Allowed(string rule, IHostEnvironment environment)
    {
        if (environment.EnvironmentName == TestEnvironment && Enum.TryParse<WriteAheadRule>(rule, out var parsed)
            && Enum.IsDefined(parsed))
        {
            return parsed;
        }
        throw new OptionsValidationException(
            nameof(TradingOptions),
            typeof(TradingOptions),
            [$"Trading:{WriteAheadKey} '{rule}' is for tests: only the environment '{TestEnvironment}' may set it."]);
    }
}
