using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
using Mev.Adapters.Jito.Wire;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Auctions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Simulator.BlockEngine;
using Mev.Simulator.Chain;

namespace Mev.Adapters.Tests.Simulator.Engine;

/// <summary>
/// Settles the bids of the contested-auction simulator at the simulator's block engine, through its protocol. A chance
/// is a purse of the true value that pays whoever comes first: of ours the tip too, so that it fails where it exceeds
/// the value. Bundles arrive in their ticks; of the rivals the best of the deciding tick bids, as the price names it.
/// </summary>
internal sealed class EngineAuction : IAsyncDisposable
{
    private const double LamportsPerSol = 1e9;
    private const uint Units = 5_000;
    private static readonly ulong Rent = (ulong)Adapters.Solana.Transactions.Rent.Mainnet.Minimum(0).Value;
    private static readonly ulong Fee = (ulong)(AuctionTerms.LandingFeeSol * LamportsPerSol);
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(20);

    private readonly EngineRun _run;
    private readonly SigningKey _purse = Samples.Signer("purse");
    private readonly SigningKey _rival = Samples.Signer("rival");
    private readonly BlockingCollection<BundleResult> _results = [];
    private readonly AsyncServerStreamingCall<BundleResult> _stream;
    private readonly Task _reading;
    private Transaction? _arriving; // of the rival, in the next tick

    private EngineAuction(EngineRun run)
    {
        _run = run;
        _stream = run.Searcher.SubscribeBundleResults(new SubscribeBundleResultsRequest());
        _reading = Read();
        run.Simulator.Get<ScriptedRivals>().Script = _ => Arriving();
    }

    public static async Task<EngineAuction> Start(EngineRun run)
    {
        var auction = new EngineAuction(run);
        await Jito.Until.Holds(() => run.Simulator.Get<ResultStreams>().Count > 0);
        using var rival = Samples.Signer("rival");
        run.Chain.Set(new ChainAccount(rival.Address, Programs.System, 1_000_000_000_000, default));
        return auction;
    }

    /// <summary>See <see cref="SettleAuction"/>.</summary>
    public AuctionOutcome Settle(ContestedChance chance, AuctionPrice price, AuctionBid bid)
    {
        if (bid.IsSkip) return new AuctionOutcome(LearningEventKind.Skipped, 0.0);
        var value = Lamports(chance.ValueSol);
        _run.Chain.Set(new ChainAccount(_purse.Address, Programs.System, Rent + value, default));
        _run.Region.Switches = new() { LosesForwarded = chance.SurvivalDraw >= chance.Survival };
        var ours = OursFor(value, Lamports(bid.TipSol));
        var theirs = TheirsFor(value, Lamports(price.BestBidSol));
        var tick = AuctionPrice.TickOf(chance.LatencyMs(bid.Route), chance.TickPhase);
        var rivalTick = Math.Min(price.DecidingTick, tick + 1); // what comes after ours changes nothing for us
        var wasGone = false;
        for (var now = Math.Min(tick, rivalTick); now <= tick; now++)
        {
            if (now == tick)
            {
                wasGone = _run.Lamports(_purse.Address) == Rent;
                Send(ours);
            }
            if (now == rivalTick) _arriving = theirs;
            _run.Simulator.Ticks.Next();
        }
        var kind = KindOf(ResultOf(ours), ours, wasGone, value < Lamports(bid.TipSol) + Fee);
        var gain = kind == LearningEventKind.Landed
            ? chance.ValueSol - bid.TipSol - AuctionTerms.LandingFeeSol
            : 0.0;
        return new AuctionOutcome(kind, gain - AuctionTerms.CostSol(bid.Route));
    }

    public async ValueTask DisposeAsync()
    {
        _stream.Dispose();
        await _reading;
        _results.Dispose();
        _purse.Dispose();
        _rival.Dispose();
    }

    /// <summary>
    /// What the production adapter reads, with the one difference that the specification names: an engine ranks first,
    /// and the law asks first whether the chance is worth the tip.
    /// </summary>
    private LearningEventKind KindOf(BundleResult result, Transaction ours, bool wasGone, bool isBelowTip)
    {
        if (result.ResultCase == BundleResult.ResultOneofCase.Accepted)
        {
            lock (_run.Chain.Gate)
            {
                return _run.Chain.Signatures.Find(ours.Id) is { Error: null }
                    ? LearningEventKind.Landed
                    : LearningEventKind.Dropped;
            }
        }
        Assert.Equal(BundleResult.ResultOneofCase.Rejected, result.ResultCase);
        if (result.Rejected.ReasonCase == Rejected.ReasonOneofCase.StateAuctionBidRejected)
            return isBelowTip ? LearningEventKind.ValueGuard : LearningEventKind.Outbid;
        Assert.Equal(Rejected.ReasonOneofCase.SimulationFailure, result.Rejected.ReasonCase);
        return wasGone ? LearningEventKind.Late : LearningEventKind.ValueGuard;
    }

    private static ulong Lamports(double sol) => (ulong)Math.Round(sol * LamportsPerSol);

    /// <summary>The purse pays all of it: the tip, and to us the rest, at least the fee.</summary>
    private Transaction OursFor(ulong value, ulong tip) => Sign(
        _run.Wallet, Pay(_purse, _run.Wallet.Address, Math.Max(value > tip ? value - tip : 0, Fee)),
        Pay(_purse, TipAccounts.All[1], tip));

    /// <summary>A rival bids what the law says, whether the chance is worth it or not: the tip is its own.</summary>
    private Transaction TheirsFor(ulong value, ulong tip) => Sign(
        _rival, Pay(_purse, _rival.Address, value), Pay(_rival, TipAccounts.All[1], tip));

    private static Instruction Pay(SigningKey from, Pubkey to, ulong lamports) =>
        SystemProgram.Transfer(from.Address, to, new Lamports((long)lamports));

    private Transaction Sign(SigningKey bidder, params Instruction[] payments)
    {
        Blockhash blockhash;
        lock (_run.Chain.Gate) blockhash = _run.Chain.Blocks.Tip.Hash;
        return SigningKey.SignAll(
            MessageCompiler.V0(bidder.Address, blockhash, [ComputeBudget.Limit(Units), .. payments], []),
            bidder, _purse);
    }

    private void Send(Transaction transaction)
    {
        var bytes = ByteString.CopyFrom(transaction.Write());
        var packet = new Packet { Data = bytes, Meta = new Meta { Size = (ulong)bytes.Length } };
        var answer = _run.Searcher.SendBundle(
            new SendBundleRequest { Bundle = new Bundle { Header = new Header(), Packets = { packet } } });
        Assert.Equal(BundleId.Of([transaction.Id]).ToString(), answer.Uuid);
    }

    private BundleResult ResultOf(Transaction transaction)
    {
        var id = BundleId.Of([transaction.Id]).ToString();
        while (true)
        {
            Assert.True(_results.TryTake(out var result, AnswerMax), "no result came");
            if (result.BundleId == id) return result; // others are late words on earlier bundles
        }
    }

    private IEnumerable<System.Collections.Immutable.ImmutableArray<ChainTransaction>> Arriving()
    {
        if (_arriving is not { } transaction) return [];
        _arriving = null;
        var message = MessageBytes.Read(transaction.Message.Span, out _)!;
        return [[ChainTransaction.Load(message, transaction.Signatures, _run.Chain.FindTable)!]];
    }

    private async Task Read()
    {
        try
        {
            await foreach (var result in _stream.ResponseStream.ReadAllAsync()) _results.Add(result);
        }
        catch (RpcException)
        {
            // the test has ended
        }
    }
}
