using Mev.Adapters.Jito;
using Mev.Adapters.Jito.Engines;
using Mev.Adapters.Jito.Tips;
using Mev.Adapters.Tests.Jito;
using Mev.Adapters.Tests.Journal;
using Mev.Domain.Bundles;

namespace Mev.Adapters.Tests.Simulator.Engine;

/// <summary>Our own clients against the simulator's block engine.</summary>
public sealed class ClientTests
{
    private readonly CancellationToken _stop = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(EngineProtocol.JsonRpc, "/api/v1/bundles")]
    [InlineData(EngineProtocol.JsonRpcTransaction, "/api/v1/transactions?bundleOnly=true")]
    public async Task A_bundle_of_one_transaction_has_its_id_whichever_way_it_goes(EngineProtocol protocol, string path)
    {
        await using var run = await EngineRun.Start();
        using var client = new JsonRpcEngine(
            run.Simulator.Engines[0], new JitoOptions { Protocol = protocol, SubmitTimeout = TimeSpan.FromSeconds(5) },
            TimeProvider.System);
        var transaction = RefusalTests.Tip(run, 7_000);
        var sent = await client.SendBundle([transaction.Write()], _stop);
        Assert.Null(sent.Failure);
        Assert.Equal($"{BundleId.Of([transaction.Id])}", sent.Value);
        var received = run.Simulator.Get<Mev.Simulator.BlockEngine.EngineTranscript>().Received;
        Assert.Equal(path, Assert.Single(received).Method);
        run.Simulator.Ticks.NextSlots(2);
        Assert.Equal("Landed", (await run.Inflight(sent.Value!)).Status);
    }

    [Fact]
    public async Task Of_several_transactions_the_protocol_of_one_makes_a_bundle_like_any_other()
    {
        await using var run = await EngineRun.Start();
        using var client = new JsonRpcEngine(
            run.Simulator.Engines[0],
            new JitoOptions { Protocol = EngineProtocol.JsonRpcTransaction, SubmitTimeout = TimeSpan.FromSeconds(5) },
            TimeProvider.System);
        var (one, other) = (RefusalTests.Tip(run, 7_000), RefusalTests.Tip(run, 7_001));
        var sent = await client.SendBundle([one.Write(), other.Write()], _stop);
        Assert.Equal($"{BundleId.Of([one.Id, other.Id])}", sent.Value);
    }

    [Fact]
    public async Task Landed_tips_come_by_the_stream_again_and_again()
    {
        await using var run = await EngineRun.Start("BlockEngine:TipStreamInterval=00:00:00.020");
        var address = new UriBuilder(run.Simulator.Engines[0])
        {
            Scheme = "ws",
            Path = "/api/v1/bundles/tip_stream",
        };
        var options = new JitoOptions
        {
            TipStream = address.Uri,
            ReconnectDelay = TimeSpan.FromMilliseconds(5),
            ReconnectDelayMax = TimeSpan.FromMilliseconds(20),
        };
        var counts = new JitoCounts(options, new PlainMeterFactory());
        var floors = new TipFloors(options, TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop);
        var listening = new TipFloorFeed(options, floors, counts, TimeProvider.System, () => 0).Listen(stop.Token);
        await Until.Holds(() => floors.Newest is not null);
        var first = floors.Newest!;
        Assert.Equal(TipFloorReader.Read(System.Text.Encoding.UTF8.GetBytes(
            await run.Get("/api/v1/bundles/tip_floor"))), first);
        run.Simulator.Ticks.NextSlots(200); // a minute of the chain and more
        await Until.Holds(() => floors.Newest!.AtMs > first.AtMs + 60_000);
        Assert.Equal(0, counts.AnswersUnread);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listening);
    }
}
