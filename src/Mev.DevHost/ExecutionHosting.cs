using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Mev.Adapters.Jito;
using Mev.Adapters.Jito.Landing;
using Mev.Adapters.Paper.Generation;
using Mev.Adapters.Solana.Bundles;
using Mev.Adapters.Solana.Rpc;
using Mev.DevHost.Bundles;
using Mev.DevHost.Simulation;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Limits;
using Mev.Domain.Signing;
using Mev.Domain.Wallets;
using Mev.Gateway.Overviews;
using Mev.Grains.Bundles;
using Mev.Grains.Learning;
using Mev.Grains.Limits;
using Mev.Grains.Shards;
using Mev.Grains.Signing;
using Mev.Simulator.Chain;
using Microsoft.Extensions.Options;

namespace Mev.DevHost;

/// <summary>The way from a decision to signed bytes, by the mode.</summary>
internal static class ExecutionHosting
{
    private const long SimulatedAmountInMax = 100_000_000_000;
    private const long SimulatedDailyCostMax = 1_000_000_000_000;

    private static readonly Pubkey DontFront = Pubkey.Parse("jitodontfront111111111111111111111111111mev");

    private static readonly FrozenSet<Pubkey> Invoked = FrozenSet.Create(
        Programs.ComputeBudget, Programs.System, Programs.AssociatedToken, Programs.Whirlpool, Programs.RaydiumAmmV4,
        Programs.RaydiumCpmm, Programs.RaydiumClmm, Programs.MeteoraDlmm, Programs.MeteoraDammV2,
        Programs.OrcaTokenSwap, Programs.PumpSwap);

    /// <summary>
    /// Adds the builder of messages and, where the mode signs, wallets, signer, what watches the chain and the block
    /// engine that is sent to.
    /// </summary>
    public static IServiceCollection AddExecution(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(ExecutionOptions.Section);
        services.AddOptions<ExecutionOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ExecutionOptions>, ExecutionOptionsValidator>();
        services.AddSingleton<IValidateOptions<ExecutionOptions>, ExecutionRule>();
        services.AddSingleton<IValidateOptions<ModelOptions>, RefusedModelRule>();
        if (section.Get<ExecutionOptions>() is not { IsSigning: true })
            return services.AddSingleton<BundleBuilderFactory>(_ => parameters => new PaperOrderBuilder(parameters));
        services.AddSingleton<BundleBuilderFactory>(_ => parameters => new CycleBuilder(parameters));
        services.AddSingleton(provider => new PlatformWallets(WalletKeys.Open(Options(provider))));
        services.AddSingleton<ITransactionSigner>(provider => provider.GetRequiredService<PlatformWallets>().Signer);
        services.AddSingleton<IWalletReader, RpcWalletReader>();
        services.AddSingleton<RpcTreasury>();
        services.AddSingleton<SendTreasury>(provider => provider.GetRequiredService<RpcTreasury>().Send);
        services.AddSingleton<FindTreasury>(provider => provider.GetRequiredService<RpcTreasury>().Find);
        services.AddSingleton(provider => TermsOf(
            Options(provider), provider.GetRequiredService<PlatformWallets>(), TablesOf(provider)));
        services.AddSingleton(provider => new SizingLimits
        {
            InputMax = new TokenAmount((ulong)Or(Options(provider).AmountInMaxLamports, SimulatedAmountInMax)),
        });
        services.AddSending(configuration);
        return services;
    }

    /// <summary>
    /// The simulator in this process, where the mode has one; before every other service, so that it ends last.
    /// </summary>
    public static IServiceCollection AddOwnSimulator(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration.GetSection(ExecutionOptions.Section).Get<ExecutionOptions>() is { HasSimulator: true })
            services.AddHostedService<SimulatorHost>();
        return services;
    }

    /// <summary>The way of signed bytes to the block engine, and of what becomes of them back.</summary>
    private static void AddSending(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(provider => new SubmittedCycles(provider.GetRequiredService<MarketShards>().Newest.Copy));
        services.AddSingleton<LimitSource>(provider => provider.GetRequiredService<SubmittedCycles>().Limits);
        services.AddSingleton(provider => new ChanceWatch(
            provider.GetRequiredService<MarketShards>().Newest.CopyBeforeOpen,
            provider.GetRequiredService<IMeterFactory>()));
        services.AddSingleton<LimitSource>(provider => provider.GetRequiredService<ChanceWatch>().Limits);
        services.AddSingleton<WatchSkipped>(provider => provider.GetRequiredService<ChanceWatch>().TryWatch);
        services.AddSingleton<ValueAtSlot>(provider => provider.GetRequiredService<SubmittedCycles>().ValueAt);
        services.AddSingleton<TipsObserved>(provider => provider.GetRequiredService<CongestionGauge>().Take);
        services.AddSingleton(PermitOf);
        services.AddJito(configuration);
        services.AddHostedService<EngineSession>();
        services.AddSingleton(provider => new LandRateLabel(
            Options(provider).Mode == ExecutionMode.Live ? LandRateLabel.Live : LandRateLabel.Simulator));
    }

    private static SendPermit PermitOf(IServiceProvider provider)
    {
        var (policy, permits, time) = (
            provider.GetRequiredService<PolicyInForce>(), provider.GetRequiredService<Permits>(),
            provider.GetRequiredService<TimeProvider>());
        return _ => policy.Current is { IsStopped: false } current && permits.Current is { } permit
            && permit.Epoch == current.Version && permit.Lasts(time.GetUtcNow(), permits.Uptime);
    }

    private static ExecutionOptions Options(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<ExecutionOptions>>().Value;

    private static SigningTerms TermsOf(
        ExecutionOptions options, PlatformWallets wallets, ImmutableArray<Pubkey> tables) => new()
        {
            Wallets = wallets.Addresses,
            IsLive = options.Mode == ExecutionMode.Live,
            Programs = Invoked,
            TipMax = options.TipMaxLamports == 0 ? null : new Lamports(options.TipMaxLamports),
            TipShareMaxBasisPoints = options.TipShareMaxBasisPoints,
            Reserve = new Lamports(options.ReserveLamports),
            DailyCostMax = new Lamports(Or(options.DailyCostMaxLamports, SimulatedDailyCostMax)),
            TreasuryDailyMax = new Lamports(options.TreasuryDailyMaxLamports),
            Tables = tables,
            Nonces = [.. options.NonceAccounts.Select(Pubkey.Parse)],
            UnitsMarginBasisPoints = options.UnitsMarginBasisPoints,
            DontFront = DontFront,
            RefreshInterval = options.RefreshInterval,
            AnswerAgeMax = options.AnswerAgeMax,
        };

    /// <summary>Those that are named; of the simulator in this process, as many of its own as terms hold.</summary>
    private static ImmutableArray<Pubkey> TablesOf(IServiceProvider provider)
    {
        var options = Options(provider);
        if (options.LookupTables.Count > 0 || !options.HasSimulator)
            return [.. options.LookupTables.Select(Pubkey.Parse)];
        var market = provider.GetRequiredService<IOptions<GeneratedFeedOptions>>().Value;
        return [.. UniverseTables.KeysOf(market).Take(BundleTerms.TablesMax)];
    }

    private static long Or(long option, long otherwise) => option == 0 ? otherwise : option;
}
