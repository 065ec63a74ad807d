using Mev.Adapters.Paper;
using Mev.Adapters.Paper.Generation;
using Mev.Adapters.Solana;
using Mev.Adapters.Solana.Yellowstone;
using Mev.DevHost.Configuration;
using Mev.Domain.Bundles;
using Mev.Domain.Feed;
using Mev.Domain.Limits;
using Mev.Domain.Pools;
using Mev.Gateway.Overviews;
using Mev.Grains;
using Mev.Grains.Feed;
using Mev.Grains.Strategies;
using Mev.Journal.Audit;
using Microsoft.Extensions.Options;

namespace Mev.DevHost;

/// <summary>Where the market comes from; in paper mode also the counterparty, over the feed.</summary>
internal static class MarketHosting
{
    public static IServiceCollection AddMarket(this IServiceCollection services, IConfiguration configuration)
    {
        var isSigning =
            configuration.GetSection(ExecutionOptions.Section).Get<ExecutionOptions>() is { IsSigning: true };
        services.AddOptions<FeedOptions>().Bind(configuration.GetSection("Feed")).ValidateOnStart()
            .Validate<IOptions<FeedPumpOptions>>(
                (feed, pump) => feed.Source != FeedSource.Yellowstone || pump.Value.Pace == DrainPace.Conflate
                    || feed.RecordTo.Length > 0,
                "Feed:Source Yellowstone is live and waits for nobody: it needs Pump:Pace Conflate, or Feed:RecordTo")
            .Validate<IOptions<FeedPumpOptions>>(
                (feed, pump) => feed.RecordTo.Length == 0 || pump.Value.Pace == DrainPace.LockStep || !isSigning,
                "Feed:RecordTo holds which updates met in a drain, and when the orders of a drain came in, which a "
                + "block engine does not tell: where bundles are signed it needs Pump:Pace LockStep");
        services.AddSingleton(provider =>
            provider.GetRequiredService<FeedChoice>().Tape(provider.GetService<PaperMarket>()));
        services.AddSingleton<IValidateOptions<FeedOptions>, FeedOptionsValidator>();
        services.AddSingleton<IValidateOptions<FeedOptions>, RecordingRule>();
        services.AddOptions<GeneratedFeedOptions>().Bind(configuration.GetSection(GeneratedFeedOptions.Section))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<GeneratedFeedOptions>, GeneratedFeedOptionsValidator>();
        services.AddYellowstone(configuration);
        services.AddSingleton(provider => new Lazy<YellowstoneFeed>(provider.GetRequiredService<YellowstoneFeed>));
        services.AddSingleton<FeedChoice>();
        if (isSigning)
            services.AddSingleton(provider => provider.GetRequiredService<FeedChoice>().Make());
        else services.AddPaperMarket();
        services.AddSingleton(_ => new PoolAssembler(PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf));
        services.AddSingleton<LimitSource>(provider => provider.GetRequiredService<PoolAssembler>().Limits);
        services.AddSingleton<InputSource>(provider => provider.GetRequiredService<PoolAssembler>().Input);
        services.AddSingleton(provider => new CodeIdentity(
            BuildIdentity.GitCommit,
            BuildIdentity.ImageDigest,
            provider.GetRequiredService<IMarketFeed>().Identity,
            provider.GetRequiredService<IOptions<TradingOptions>>().Value.StrategyPartitions));
        return services;
    }

    /// <summary>The feed with what our landings do to it, and the counterparty that settles paper orders.</summary>
    private static void AddPaperMarket(this IServiceCollection services)
    {
        services.AddSingleton(provider => new PaperMarket(
            provider.GetRequiredService<FeedChoice>().Make(), PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf,
            RepetitionOf(
                provider.GetRequiredService<IOptions<FeedPumpOptions>>().Value.Pace,
                provider.GetRequiredService<IOptions<FeedOptions>>().Value.Source)));
        services.AddSingleton<IMarketFeed>(provider => provider.GetRequiredService<PaperMarket>());
        services.AddSingleton<IBundleSender>(provider => provider.GetRequiredService<PaperMarket>());
        services.AddSingleton<LimitSource>(provider => provider.GetRequiredService<PaperMarket>().Limits);
        services.AddSingleton<InputSource>(provider => provider.GetRequiredService<PaperMarket>().Input);
        services.AddSingleton(provider => LabelOf(provider.GetRequiredService<StrategyCatalog>()));
        services.AddHostedService<PaperRestart>();
    }

    /// <summary>Paper has no rivals, so its land rate is that of the tips that an order has to exceed.</summary>
    private static LandRateLabel LabelOf(StrategyCatalog strategies)
    {
        var laws = strategies.Ids.Select(id => strategies.Find(id)?.TipFloorLaw).Distinct();
        return new LandRateLabel($"{LandRateLabel.Paper}, tips of {string.Join(" and ", laws)}");
    }

    private static LandingRepetition RepetitionOf(DrainPace pace, FeedSource source) =>
        pace == DrainPace.LockStep && source != FeedSource.Yellowstone
            ? LandingRepetition.Exact
            : LandingRepetition.AsFarAsPossible;
}
