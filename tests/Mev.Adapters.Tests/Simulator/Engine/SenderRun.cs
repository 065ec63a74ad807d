using System.Collections.Immutable;
using System.Threading.Channels;
using Mev.Adapters.Jito;
using Mev.Adapters.Jito.Landing;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Adapters.Tests.Jito;
using Mev.Adapters.Tests.Journal;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Feed;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;
using Mev.Simulator.BlockEngine;
using Mev.Simulator.Chain;
using Mev.Simulator.Rivals;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mev.Adapters.Tests.Simulator.Engine;

/// <summary>
/// The production sender and feed against the simulator, with a rival's funded wallet beside ours. The chain stands
/// still; every word of the engine counts after 300 ms.
/// </summary>
internal sealed class SenderRun : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SigningKey _rival = Samples.Signer("rival");
    private readonly ChannelReader<Observation> _observed;
    private readonly Task _running;

    private SenderRun(EngineRun engine, FeedRun feed)
    {
        (Engine, Feed, _observed) = (engine, feed, feed.Feed.Observe());
        Chances = new ChanceWatch(Newest);
        var cycles = new SubmittedCycles(Newest);
        ValueAt = cycles.ValueAt;
        var options = new JitoOptions
        {
            Regions =
            [
                new JitoRegionOptions
                {
                    Name = engine.Region.Name,
                    Endpoint = engine.Simulator.Engines[0],
                    GrpcEndpoint = engine.Simulator.Engines[1],
                },
            ],
            RequestInterval = TimeSpan.FromMilliseconds(10),
            SubmitTimeout = TimeSpan.FromSeconds(5),
            LeaderInterval = TimeSpan.FromMilliseconds(20),
            WatchInterval = TimeSpan.FromMilliseconds(20),
            ReconnectDelay = TimeSpan.FromMilliseconds(2),
            ReconnectDelayMax = TimeSpan.FromMilliseconds(10),
            SettleDelay = TimeSpan.FromMilliseconds(300),
        };
        Counts = new JitoCounts(options, new PlainMeterFactory());
        Sender = new JitoSender(
            new JitoParts(
                options, new RpcChainReader(engine.Simulator.Rpc()), Key: null, _ => IsPermitted,
                (opportunity, slot) => ValueAt(opportunity, slot), Counts, TimeProvider.System, () => 0, cycles,
                Chances),
            NullLogger<JitoSender>.Instance);
        _running = Sender.Run(_stop.Token);
    }

    public EngineRun Engine { get; }

    public FeedRun Feed { get; }

    public JitoSender Sender { get; }

    public JitoCounts Counts { get; }

    public bool IsPermitted { get; set; } = true;

    /// <summary>What a cycle is worth; as the product values it where the test says nothing else.</summary>
    public ValueAtSlot ValueAt { get; set; }

    public ChanceWatch Chances { get; }

    /// <summary>
    /// Begins; orders come in the last tick of a slot, so that none of them takes a chance before an auction.
    /// </summary>
    public static async Task<SenderRun> Start(params string[] settings)
    {
        using var rival = Samples.Signer("rival");
        var engine = await EngineRun.Start(
            [$"Simulator:FundedWallets:1={rival.Address}", "Generator:TransactionsPerSlot=1", .. settings]);
        var feed = engine.Simulator.Read();
        await engine.Simulator.Complete(feed);
        var run = new SenderRun(engine, feed);
        await Until.Holds(() => run.Sender.Leaders.Choose().Region is not null);
        await Until.Holds(() => engine.Simulator.Get<ResultStreams>().Count > 0);
        return run;
    }

    /// <summary>A chance as the feed has it too.</summary>
    public async Task<Chance> Chance(long profitMin = 1_000_000, Func<Chance, bool>? fits = null)
    {
        var chance = Engine.Chance(profitMin, fits);
        await Engine.Simulator.CaughtUp(Feed);
        Observe();
        return chance;
    }

    /// <summary>What the platform submits of a chance on the newest state.</summary>
    public BundleSubmission Submission(Chance chance, long tip) => Submission(chance, tip, Engine.Take(chance, tip));

    /// <summary>The same with an account of the wallet that is none: the first swap cannot pay into it.</summary>
    public BundleSubmission Misdirected(Chance chance, long tip)
    {
        var hop = chance.Hops[0].Hop;
        var pool = Newest([hop.Pool])!.Value.Pools[0];
        var mint = hop.Direction == SwapDirection.AToB ? pool.MintB : pool.MintA;
        var message = Engine.Take(chance, tip).Message.ToArray();
        var account = AssociatedToken.Address(Engine.Wallet.Address, mint, Programs.Token);
        var at = message.AsSpan().IndexOf(account.ToArray());
        Assert.True(at > 0);
        Samples.Key("nobody's").CopyTo(message.AsSpan(at));
        return Submission(chance, tip, new Transaction([Engine.Wallet.Sign(message)], message));
    }

    private BundleSubmission Submission(Chance chance, long tip, Transaction signed)
    {
        ulong height;
        lock (Engine.Chain.Gate) height = Engine.Chain.Blocks.Tip.Height;
        var seen = Newest(chance.Hops.Select(hop => hop.Hop.Pool))!.Value.Pools
            .SelectMany(pool => pool.Accounts.ToArray())
            .MaxBy(account => (account.Slot.Value, account.WriteVersion))!;
        return new BundleSubmission
        {
            Opportunity = new OpportunityId(Digest.Of(signed.Message.Span)),
            Message = signed.Message,
            MessageHash = Digest.Of(signed.Message.Span),
            Transactions = [signed.Write()],
            LastValidBlockHeight = height + 150,
            Hops = [.. chance.Hops.Select(hop => new HopAmounts(hop.Hop, hop.Amounts.AmountIn, hop.Amounts.AmountOut))],
            Fee = new Lamports(5_000),
            Tip = new Lamports(tip),
            Seen = new FeedCursor(0, seen.Slot, seen.WriteVersion),
        };
    }

    /// <summary>Submits, and waits until the engine has it.</summary>
    public async Task Submit(BundleSubmission submission)
    {
        await Sender.Submit(submission);
        await Until.Holds(() => Sender.VerdictOf(submission.Opportunity)!.Evidence
            .Any(item => item.Kind == LandingEvidenceKind.Received));
    }

    /// <summary>A rival's bundle for the same chance, in the auction of the next tick.</summary>
    public async Task<Transaction> Rival(Chance chance, long tip)
    {
        var transaction = RivalFor(chance, tip);
        Assert.Equal(200, (int)(await Engine.Send(transaction)).Status);
        return transaction;
    }

    /// <summary>A rival's transaction for the same chance.</summary>
    public Transaction RivalFor(Chance chance, long tip) => Engine.Take(chance, tip, _rival);

    /// <summary>Executes a transaction in the open slot, outside any bundle; it may fail there.</summary>
    public void Execute(Transaction transaction)
    {
        var message = MessageBytes.Read(transaction.Message.Span, out _)!;
        lock (Engine.Chain.Gate)
        {
            Assert.NotNull(Engine.Chain.Execute(
                ChainTransaction.Load(message, transaction.Signatures, Engine.Chain.FindTable)!));
        }
    }

    /// <summary>A tick later the sender has heard of a transaction that landed in it.</summary>
    public async Task NextTick(Transaction landed)
    {
        Engine.Simulator.Ticks.Next();
        for (var isSeen = false; !isSeen;)
        {
            var next = await _observed.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
            isSeen = next is ObservedTransaction transaction && transaction.Signature == landed.Id;
            Sender.Observe(next);
        }
    }

    /// <summary>The chain moves on by a slot, and the sender hears of it.</summary>
    public async Task NextSlot()
    {
        Engine.Simulator.Ticks.NextSlots(1);
        await Engine.Simulator.CaughtUp(Feed);
        Observe();
    }

    public Task<BundleOutcome> Outcome() => Sender.Outcomes.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
        Sender.Dispose();
        _stop.Dispose();
        _rival.Dispose();
        await Feed.DisposeAsync();
        await Engine.DisposeAsync();
    }

    private void Observe()
    {
        while (_observed.TryRead(out var observation)) Sender.Observe(observation);
    }

    private (ImmutableArray<Pool> Pools, ChainClock Clock)? Newest(
        IEnumerable<PoolId> ids) => Feed.Look<(ImmutableArray<Pool>, ChainClock)?>(
        assembler =>
        {
            var pools = ImmutableArray.CreateBuilder<Pool>();
            foreach (var id in ids)
            {
                if (!assembler.TryGet(id, out var pool) || (pool.Condition & ~PoolCondition.Torn) != 0) return null;
                pools.Add(pool.Copy());
            }
            return (pools.ToImmutable(), assembler.Clock);
        });
}
