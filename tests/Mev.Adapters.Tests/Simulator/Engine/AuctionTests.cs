using Grpc.Core;
using Mev.Adapters.Jito.Wire;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Simulator.BlockEngine;
using Mev.Simulator.Chain;
using Mev.Simulator.Rivals;

namespace Mev.Adapters.Tests.Simulator.Engine;

/// <summary>Who wins an auction, and what the results stream tells of it.</summary>
public sealed class AuctionTests
{
    [Fact]
    public async Task The_results_stream_tells_a_landed_bundle_from_acceptance_to_the_end()
    {
        await using var run = await EngineRun.Start();
        using var results = await Subscribe(run);
        var sent = await Send(run, run.Take(run.Chance()));
        run.Simulator.Ticks.NextSlots(1);
        var accepted = await Next(results);
        Assert.Equal((sent, BundleResult.ResultOneofCase.Accepted), (accepted.BundleId, accepted.ResultCase));
        Assert.Equal($"{run.Simulator.Get<EngineLeaders>().LeaderOf(new Slot(accepted.Accepted.Slot))}",
            accepted.Accepted.ValidatorIdentity);
        var processed = await Next(results);
        Assert.Equal(accepted.Accepted.Slot, processed.Processed.Slot);
        run.Simulator.Ticks.NextSlots(33);
        Assert.Equal(BundleResult.ResultOneofCase.Finalized, (await Next(results)).ResultCase);
    }

    [Fact]
    public async Task Of_bundles_that_lock_the_same_accounts_the_one_that_pays_more_for_a_unit_wins()
    {
        await using var run = await EngineRun.Start();
        using var results = await Subscribe(run);
        var chance = run.Chance();
        var low = await Send(run, run.Take(chance, tip: 10_000));
        var high = await Send(run, run.Take(chance, tip: 20_000));
        run.Simulator.Ticks.NextSlots(1);
        var told = new[] { await Next(results), await Next(results), await Next(results) };
        var lost = Assert.Single(told, one => one.BundleId == low).Rejected.StateAuctionBidRejected;
        Assert.Equal(10_000UL, lost.SimulatedBidLamports);
        Assert.Equal(2, told.Count(one => one.BundleId == high));
    }

    [Fact]
    public async Task A_smaller_tip_for_fewer_units_wins_and_what_locks_nothing_in_common_runs_apart()
    {
        await using var run = await EngineRun.Start();
        var other = Samples.Signer("second");
        lock (run.Chain.Gate)
            run.Chain.Set(new ChainAccount(other.Address, Programs.System, 1_000_000_000, default));
        var many = await Send(run, Tip(run, run.Wallet, tip: 20_000, units: 400_000, account: 1));
        var few = await Send(run, Tip(run, run.Wallet, tip: 10_000, units: 1_000, account: 1));
        var apart = await Send(run, Tip(run, other, tip: 1_000, units: 1_400_000, account: 2));
        run.Simulator.Ticks.NextSlots(1);
        Assert.Equal("Failed", (await run.Inflight(many)).Status);
        Assert.Equal("Landed", (await run.Inflight(few)).Status);
        Assert.Equal("Landed", (await run.Inflight(apart)).Status);
        other.Dispose();
    }

    [Fact]
    public async Task A_rival_that_pays_more_takes_the_chance_on_the_chain_and_its_bid_is_not_told()
    {
        await using var run = await EngineRun.Start("BlockEngine:Rivals=Scripted");
        using var results = await Subscribe(run);
        using var wallets = new RivalWallets(run.Chain, 1, 1);
        var chance = run.Chance();
        var rival = run.Take(chance, tip: 50_000, wallet: wallets.Keys[0]);
        var ours = await Send(run, run.Take(chance, tip: 20_000));
        ChainTransaction loaded;
        lock (run.Chain.Gate) loaded = ChanceTransaction.Load(run.Chain, rival)!;
        var isOver = false;
        run.Simulator.Get<ScriptedRivals>().Script = _ =>
        {
            if (isOver) return [];
            isOver = true;
            return [[loaded]];
        };
        var tips = run.Lamports(TipAccounts.All[0]);
        run.Simulator.Ticks.NextSlots(1);
        var lost = await Next(results);
        Assert.Equal(
            (ours, Rejected.ReasonOneofCase.StateAuctionBidRejected), (lost.BundleId, lost.Rejected.ReasonCase));
        Assert.Null(run.Chain.Signatures.Find(rival.Id)!.Value.Error);
        Assert.Equal(tips + 50_000, run.Lamports(TipAccounts.All[0]));
        Assert.Equal(("Invalid", null), await run.Inflight(EngineBundle.IdOf([rival.Id])));
    }

    [Fact]
    public async Task Without_a_connected_leader_soon_a_bundle_is_dropped()
    {
        await using var run = await EngineRun.Start("BlockEngine:ConnectedShare=0");
        using var results = await Subscribe(run);
        await Send(run, RefusalTests.Tip(run));
        run.Simulator.Ticks.Next();
        Assert.Equal("no connected leader up soon", (await Next(results)).Rejected.DroppedBundle.Msg);
        var none = await Assert.ThrowsAsync<RpcException>(
            () => run.Searcher.GetNextScheduledLeaderAsync(new NextScheduledLeaderRequest()).ResponseAsync);
        Assert.Equal(StatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task A_bundle_lost_after_acceptance_is_dropped_when_its_blockhash_has_expired()
    {
        await using var run = await EngineRun.Start("BlockEngine:LandingShift=-1");
        using var results = await Subscribe(run);
        var transaction = RefusalTests.Tip(run);
        var id = await Send(run, transaction);
        run.Simulator.Ticks.NextSlots(150);
        Assert.Equal(BundleResult.ResultOneofCase.Accepted, (await Next(results)).ResultCase);
        Assert.Equal("Pending", (await run.Inflight(id)).Status);
        run.Simulator.Ticks.NextSlots(2);
        Assert.Equal(DroppedReason.BlockhashExpired, (await Next(results)).Dropped.Reason);
        Assert.Equal("Failed", (await run.Inflight(id)).Status);
        Assert.Null(run.Chain.Signatures.Find(transaction.Id));
    }

    [Fact]
    public async Task A_lost_bundle_on_a_durable_nonce_may_land_until_the_nonce_is_advanced()
    {
        await using var run = await EngineRun.Start();
        var (wallet, tip) = (run.Wallet.Address, RefusalTests.Transfer(run, 5_000));
        await Send(run, run.Sign([.. SystemProgram.CreateNonce(wallet, "nonce"), tip]));
        run.Simulator.Ticks.NextSlots(2);
        var key = SystemProgram.AddressWithSeed(wallet, "nonce", Programs.System);
        DurableNonce nonce;
        lock (run.Chain.Gate) nonce = DurableNonce.Read(key, run.Chain.Find(key)!.Data.Span)!.Value;
        run.Region.Switches = new EngineSwitches { LosesForwarded = true };
        var lost = await Send(run, SigningKey.SignAll(
            MessageCompiler.V0(wallet, nonce.Value, [SystemProgram.AdvanceNonce(nonce), tip], []), run.Wallet));
        run.Simulator.Ticks.NextSlots(200); // a blockhash would be too old
        Assert.Equal("Pending", (await run.Inflight(lost)).Status);

        run.Region.Switches = new EngineSwitches();
        await Send(run, run.Sign(SystemProgram.AdvanceNonce(nonce), tip));
        run.Simulator.Ticks.NextSlots(2);

        Assert.Equal("Failed", (await run.Inflight(lost)).Status);
    }

    [Theory]
    [InlineData(false, DroppedReason.NotFinalized)]
    [InlineData(true, DroppedReason.PartiallyProcessed)]
    public async Task A_slot_given_up_takes_its_bundles_along_unless_somebody_sends_their_parts_again(
        bool unbundles, DroppedReason reason)
    {
        await using var run = await EngineRun.Start();
        run.Region.Switches = new EngineSwitches { Unbundles = unbundles };
        using var results = await Subscribe(run);
        var (first, second) = (RefusalTests.Tip(run, 5_000), RefusalTests.Tip(run, 6_000));
        await Send(run, first, second);
        run.Simulator.Ticks.NextSlots(1);
        await Next(results);
        Assert.Equal(BundleResult.ResultOneofCase.Processed, (await Next(results)).ResultCase);
        lock (run.Chain.Gate) run.Chain.Blocks.ForkNext = 2;
        run.Simulator.Ticks.NextSlots(1);
        Assert.Equal(reason, (await Next(results)).Dropped.Reason);
        Assert.Equal(unbundles, run.Chain.Signatures.Find(first.Id) is not null);
        Assert.Equal(unbundles, run.Chain.Signatures.Find(second.Id) is not null);
    }

    [Fact]
    public async Task A_switch_rejects_every_bundle_in_each_of_the_ways_that_there_are_and_one_loses_them()
    {
        await using var run = await EngineRun.Start();
        using var results = await Subscribe(run);
        (RejectionRow Row, Rejected.ReasonOneofCase Reason)[] rows =
        [
            (RejectionRow.StateAuction, Rejected.ReasonOneofCase.StateAuctionBidRejected),
            (RejectionRow.WinningBatch, Rejected.ReasonOneofCase.WinningBatchBidRejected),
            (RejectionRow.Simulation, Rejected.ReasonOneofCase.SimulationFailure),
            (RejectionRow.Internal, Rejected.ReasonOneofCase.InternalError),
            (RejectionRow.Dropped, Rejected.ReasonOneofCase.DroppedBundle),
        ];
        foreach (var (row, reason) in rows)
        {
            run.Region.Switches = new EngineSwitches { Rejects = row, RejectionText = "blockhash has expired" };
            var id = await Send(run, RefusalTests.Tip(run));
            run.Simulator.Ticks.NextSlots(1);
            var told = await Next(results);
            Assert.Equal((id, reason), (told.BundleId, told.Rejected.ReasonCase));
            Assert.Equal("Failed", (await run.Inflight(id)).Status);
        }
        run.Region.Switches = new EngineSwitches { LosesForwarded = true };
        var lost = await Send(run, RefusalTests.Tip(run));
        run.Simulator.Ticks.NextSlots(152);
        Assert.Equal(BundleResult.ResultOneofCase.Accepted, (await Next(results)).ResultCase);
        Assert.Equal(DroppedReason.BlockhashExpired, (await Next(results)).Dropped.Reason);
        Assert.Equal("Failed", (await run.Inflight(lost)).Status);
    }

    [Fact]
    public async Task The_results_stream_can_be_silent_repeated_reversed_and_cut()
    {
        await using var run = await EngineRun.Start();
        using var results = await Subscribe(run);
        run.Region.Switches = new EngineSwitches { ResultsAreSilent = true };
        await Land(run);
        run.Region.Switches = new EngineSwitches { RepeatsResults = true };
        var repeated = await Land(run);
        for (var i = 0; i < 2; i++)
        {
            var told = await Next(results);
            Assert.Equal((repeated, BundleResult.ResultOneofCase.Accepted), (told.BundleId, told.ResultCase));
        }
        await Next(results);
        await Next(results);
        run.Region.Switches = new EngineSwitches { ReversesResults = true };
        var reversed = await Land(run);
        var last = await Next(results);
        Assert.Equal((reversed, BundleResult.ResultOneofCase.Processed), (last.BundleId, last.ResultCase));
        run.Simulator.Get<ResultStreams>().Cut(run.Region);
        await Next(results);
        var cut = await Assert.ThrowsAsync<RpcException>(() => Next(results));
        Assert.Equal(StatusCode.Unavailable, cut.StatusCode);
    }

    [Fact]
    public async Task The_results_streams_of_one_identity_are_bounded()
    {
        await using var run = await EngineRun.Start("BlockEngine:ResultStreamsMax=2");
        using var one = await Subscribe(run);
        using var two = await Subscribe(run);
        using var beyond = run.Searcher.SubscribeBundleResults(new SubscribeBundleResultsRequest());
        var refused = await Assert.ThrowsAsync<RpcException>(() => beyond.ResponseStream.MoveNext(default));
        Assert.StartsWith("exceeded maximum concurrent bundle result connections limit", refused.Status.Detail);
    }

    private static async Task<string> Land(EngineRun run)
    {
        var id = await Send(run, RefusalTests.Tip(run));
        run.Simulator.Ticks.NextSlots(1);
        Assert.Equal("Landed", (await run.Inflight(id)).Status);
        return id;
    }

    private static Transaction Tip(EngineRun run, SigningKey payer, long tip, uint units, int account)
    {
        Blockhash blockhash;
        lock (run.Chain.Gate) blockhash = run.Chain.Blocks.Tip.Hash;
        return SigningKey.SignAll(
            MessageCompiler.V0(payer.Address, blockhash, [
                ComputeBudget.Limit(units),
                SystemProgram.Transfer(payer.Address, TipAccounts.All[account], new Lamports(tip))], []), payer);
    }

    private static async Task<string> Send(EngineRun run, params Transaction[] transactions)
    {
        var bundle = new Bundle();
        foreach (var transaction in transactions)
        {
            var bytes = transaction.Write();
            bundle.Packets.Add(new Packet
            {
                Data = Google.Protobuf.ByteString.CopyFrom(bytes),
                Meta = new Meta { Size = (ulong)bytes.Length },
            });
        }
        return (await run.Searcher.SendBundleAsync(new SendBundleRequest { Bundle = bundle })).Uuid;
    }

    private static async Task<AsyncServerStreamingCall<BundleResult>> Subscribe(EngineRun run)
    {
        var call = run.Searcher.SubscribeBundleResults(new SubscribeBundleResultsRequest());
        await call.ResponseHeadersAsync;
        return call;
    }

    private static async Task<BundleResult> Next(AsyncServerStreamingCall<BundleResult> results)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        Assert.True(await results.ResponseStream.MoveNext(patience.Token));
        return results.ResponseStream.Current;
    }
}
