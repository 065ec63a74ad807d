using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Mev.Adapters.Paper.Generation;
using Mev.Adapters.Solana.Bundles;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Signing;
using Mev.Adapters.Solana.Transactions;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Feed;
using Mev.Domain.Limits.Caps;
using Mev.Domain.Pools;
using Mev.Domain.Signing;
using Mev.Domain.Wallets;
using Mev.Fixtures.Commands;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Abstractions.Wallets;
using Mev.Grains.Bundles;
using Mev.Grains.Feed;
using Mev.Grains.Signing;
using Mev.Grains.Wallets;
using Mev.Journal;
using Microsoft.Extensions.DependencyInjection;

namespace Mev.Grains.Tests.Signing;

/// <summary>
/// The engine over a generated market, with a wallet, the real signer and a node that the test speaks for.
/// </summary>
internal sealed class SignedEngine : IAsyncDisposable
{
    private static readonly GeneratedFeedOptions Market = new()
    {
        Seed = 7,
        Pools = 40,
        Mints = 10,
        Transactions = 150,
        SwapMedian = 0.0004,
        ReversionBand = 0.006,
    };

    private readonly TaskCompletionSource _prepared = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SignedEngine(Action<SignedEngine> prepare, SigningTerms terms, WriteAheadRule rule)
    {
        Terms = terms;
        Key = new SigningKey(Digest.Of("wallet"u8).ToArray());
        prepare(this);
        Engine = new Engine
        {
            Feed = new WaitingFeed(new GeneratedFeed(Market, TimeProvider.System), this),
            Rule = rule,
            Settings = Settings,
            Services = services =>
            {
                services.AddSingleton(Terms with { Wallets = [Key.Address] });
                services.AddSingleton<BundleBuilderFactory>(_ => parameters => Builder(new CycleBuilder(parameters)));
                services.AddSingleton<ITransactionSigner>(_ =>
                    new GuardedSigner(new SigningKey(Digest.Of("wallet"u8).ToArray())));
                services.AddSingleton<IWalletReader>(Node);
                services.AddSingleton(new SizingLimits { InputMax = new TokenAmount(10_000_000_000) });
                if (Sender is { } sender) services.AddSingleton(sender);
                Services(services);
            },
        };
    }

    public static SigningTerms Simulated { get; } = new()
    {
        Wallets = [],
        Programs = FrozenSet.Create(
            Programs.ComputeBudget, Programs.System, Programs.Whirlpool, Programs.RaydiumAmmV4, Programs.RaydiumCpmm),
        DailyCostMax = new Lamports(100_000_000_000),
        DontFront = Pubkey.Parse("jitodontfront111111111111111111111111111111"),
        RefreshInterval = TimeSpan.FromMilliseconds(20),
    };

    public Engine Engine { get; }

    /// <summary>In place of the engine's own; null for that.</summary>
    public IBundleSender? Sender { get; set; }

    /// <summary>Options of the silo.</summary>
    public Dictionary<string, string?> Settings { get; } = [];

    /// <summary>In force before the feed begins; none for the default policy.</summary>
    public ImmutableArray<Cap> Caps { get; set; } = [];

    /// <summary>What the silo has beside that.</summary>
    public Action<IServiceCollection> Services { get; set; } = _ => { };

    /// <summary>What builds in the place of the real builder.</summary>
    public Func<IBundleBuilder, IBundleBuilder> Builder { get; set; } = real => real;

    public SigningTerms Terms { get; }

    public SigningKey Key { get; }

    public FakeNode Node { get; } = new();

    public IWalletGrain Wallet => Engine.Grains.GetGrain<IWalletGrain>(Key.Address.ToString());

    /// <summary>A wallet of 1,000 SOL and 10,000 wrapped, with token accounts of all mints.</summary>
    public static Task<SignedEngine> Start(Action<SignedEngine>? change = null, WriteAheadRule rule = default) =>
        Start(Simulated, change, rule);

    public static async Task<SignedEngine> Start(
        SigningTerms terms, Action<SignedEngine>? change = null, WriteAheadRule rule = default)
    {
        var mints = await Mints();
        var engine = new SignedEngine(
            made =>
            {
                made.Node.Wallet = new WalletState
                {
                    Slot = new Slot(2_000),
                    Balance = new Lamports(1_000_000_000_000),
                    Wrapped = new TokenAmount(10_000_000_000_000),
                    TokenAccounts = [.. mints
                        .Select(mint => AssociatedToken.Address(made.Key.Address, mint, Programs.Token)).Order()],
                };
                change?.Invoke(made);
            },
            terms,
            rule);
        await engine.Engine.InitializeAsync();
        if (!engine.Caps.IsEmpty)
        {
            var policies = engine.Engine.Grains.GetGrain<IPolicyGrain>(PolicyKeys.Global);
            var policy = await policies.Current();
            await policies.Change(policy with { Version = policy.Version + 1, Caps = engine.Caps }, "test");
        }
        engine._prepared.SetResult();
        return engine;
    }

    /// <summary>Waits until the feed was decided to its end.</summary>
    public async Task Finished()
    {
        var progress = Engine.Service<FeedProgress>();
        while (!progress.Current.IsComplete)
        {
            Assert.False(progress.Current.IsFailed, progress.Current.Trouble);
            await Pause();
        }
    }

    public static async Task Until(Func<Task<bool>> holds)
    {
        while (!await holds()) await Pause();
    }

    public async Task<IReadOnlyList<(LogRecord Record, AuditRecord Body)>> Records(params RecordType[] types)
    {
        var records = await Engine.Log.Read(new LogPartition(LogTopics.Audit, 1), 0, 100_000);
        return [.. records.Where(record => types.Contains(record.Entry.Type))
            .Select(record => (record, AuditRecord.Parser.ParseFrom(record.Entry.Bytes.Span)))];
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        Key.Dispose();
    }

    private static Task Pause() =>
        Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);

    /// <summary>Lookup tables of all accounts that the market's pools begin with.</summary>
    public static async Task<ImmutableArray<LookupTable>> Tables()
    {
        var keys = new HashSet<Pubkey>();
        await foreach (var batch in new GeneratedFeed(Market, TimeProvider.System).Read())
        {
            keys.UnionWith(batch.Events.ToArray()
                .Where(one => one.Kind == FeedEventKind.AccountWrite && one.Write.IsStartup)
                .Select(one => one.Write.Key));
            if (batch.Events.ToArray().Any(one => one.Kind == FeedEventKind.SnapshotComplete)) break;
        }
        return [.. keys.Chunk(BundleTerms.AddressesMax)
            .Select((part, number) => new LookupTable(new Pubkey(Digest.Of([(byte)number]).ToArray()), [.. part]))];
    }

    /// <summary>The market's pools.</summary>
    public static async Task<HashSet<Pubkey>> Pools()
    {
        var pools = new HashSet<Pubkey>();
        await foreach (var batch in new GeneratedFeed(Market, TimeProvider.System).Read())
        {
            pools.UnionWith(batch.Events.ToArray()
                .Where(one => one.Kind == FeedEventKind.AccountWrite && PoolDecoder.TryCreate(one.Write) is not null)
                .Select(one => one.Write.Key));
            if (batch.Events.ToArray().Any(one => one.Kind == FeedEventKind.SnapshotComplete)) break;
        }
        return pools;
    }

    private static async Task<HashSet<Pubkey>> Mints()
    {
        var mints = new HashSet<Pubkey> { Domain.Chain.Mints.Wsol };
        await foreach (var batch in new GeneratedFeed(Market, TimeProvider.System).Read())
        {
            var before = mints.Count;
            foreach (var happened in batch.Events.ToArray())
            {
                var write = happened.Write;
                if (write.Owner == Programs.Token && write.Data.Length == 165) mints.Add(new Pubkey(write.Data.Span));
                if (write.Owner != Programs.Whirlpool || write.Data.Length != 653) continue;
                mints.Add(new Pubkey(write.Data.Span[101..]));
                mints.Add(new Pubkey(write.Data.Span[181..]));
            }
            if (before == mints.Count && before > 1) break;
        }
        return mints;
    }

    /// <summary>Begins once the node was asked, and whether it answered or not.</summary>
    private sealed class WaitingFeed(IMarketFeed inner, SignedEngine engine) : IMarketFeed
    {
        public string Description => inner.Description;

        public string Identity => inner.Identity;

        public ulong? BatchesTotal => inner.BatchesTotal;

        public bool HasWholeTransactions => inner.HasWholeTransactions;

        public async IAsyncEnumerable<FeedBatch> Read(
            [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await engine._prepared.Task.WaitAsync(cancellationToken);
            var book = engine.Engine.Service<WalletBook>();
            while (engine.Node.Wallet is not null && book.Current() is not { Moment.IsFresh: true })
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
            await foreach (var batch in inner.Read(cancellationToken)) yield return batch;
        }
    }
}
