using System.Net;
using Mev.Domain.Bundles;
using Mev.Simulator.BlockEngine;
using Mev.Simulator.Chain;

namespace Mev.Adapters.Tests.Simulator.Engine;

/// <summary>The ways in which a region can be made to misbehave, and the endpoint that does it.</summary>
public sealed class SwitchTests
{
    [Theory]
    [InlineData(NotFoundShape.ValueOfNull, """{"value":[null]}""")]
    [InlineData(NotFoundShape.EmptyValue, """{"value":[]}""")]
    [InlineData(NotFoundShape.NullValue, """{"value":null}""")]
    [InlineData(NotFoundShape.NullResult, "null")]
    internal async Task An_unknown_bundle_looks_in_one_of_four_ways(NotFoundShape shape, string expected)
    {
        await using var run = await EngineRun.Start();
        run.Region.Switches = new EngineSwitches { NotFound = shape };
        var result = (await Statuses(run, "00")).Result;
        Assert.Equal(expected, result.ValueKind == System.Text.Json.JsonValueKind.Null
            ? "null"
            : $$"""{"value":{{result.GetProperty("value").GetRawText()}}}""");
    }

    [Fact]
    public async Task Statuses_lag_are_always_invalid_and_have_other_fields()
    {
        await using var run = await EngineRun.Start();
        var id = (await run.Send(RefusalTests.Tip(run))).Text;
        run.Simulator.Ticks.NextSlots(1);
        run.Region.Switches = new EngineSwitches { StatusLagSlots = 3 };
        Assert.NotEqual("Landed", (await run.Inflight(id)).Status);
        run.Simulator.Ticks.NextSlots(3);
        Assert.Equal("Landed", (await run.Inflight(id)).Status);
        run.Region.Switches = new EngineSwitches { IsAlwaysInvalid = true };
        Assert.Equal(("Invalid", null), await run.Inflight(id));
        run.Region.Switches = new EngineSwitches { UsesCamelCase = true, Err = ErrShape.Text };
        var status = (await Statuses(run, id)).Result.GetProperty("value")[0];
        Assert.Equal("confirmed", status.GetProperty("confirmationStatus").GetString());
        Assert.Equal("null", status.GetProperty("err").GetString());
    }

    [Fact]
    public async Task Replies_can_be_dropped_cut_doubled_or_name_another_bundle_while_the_bundle_lands()
    {
        await using var run = await EngineRun.Start();
        run.Region.Switches = new EngineSwitches { DropsReplies = true };
        var dropped = RefusalTests.Tip(run);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => run.Send(dropped));
        run.Region.Switches = new EngineSwitches { CutsReplies = true };
        var cut = RefusalTests.Tip(run, 1_001);
        await Assert.ThrowsAnyAsync<Exception>(() => run.Send(cut));
        run.Region.Switches = new EngineSwitches { DuplicatesReplies = true };
        await Assert.ThrowsAnyAsync<System.Text.Json.JsonException>(
            () => run.Post("/api/v1/bundles", EngineRun.Request("getTipAccounts", "[]")));
        run.Simulator.Ticks.NextSlots(1);
        run.Region.Switches = new EngineSwitches { TellsWrongId = true };
        var renamed = RefusalTests.Tip(run, 1_002);
        Assert.NotEqual(EngineBundle.IdOf([renamed.Id]), (await run.Send(renamed)).Text);
        run.Simulator.Ticks.NextSlots(1);
        Assert.NotNull(run.Chain.Signatures.Find(renamed.Id));
        // The first two met in one auction over the same accounts: the dearer one landed.
        Assert.NotNull(run.Chain.Signatures.Find(cut.Id));
        Assert.Null(run.Chain.Signatures.Find(dropped.Id));
    }

    [Fact]
    public async Task A_reply_can_come_after_the_bundle_was_executed()
    {
        await using var run = await EngineRun.Start();
        run.Region.Switches = new EngineSwitches { RepliesAfterTick = true };
        var transaction = RefusalTests.Tip(run);
        var sending = run.Send(transaction);
        while (!Waits(run)) await Task.Yield();
        Assert.False(sending.IsCompleted);
        run.Simulator.Ticks.NextSlots(1);
        Assert.Equal(HttpStatusCode.OK, (await sending).Status);
        Assert.NotNull(run.Chain.Signatures.Find(transaction.Id));
    }

    [Fact]
    public async Task After_a_breach_of_the_limit_bundles_get_ids_and_are_discarded()
    {
        await using var run = await EngineRun.Start("BlockEngine:RequestsPerSecond=1");
        run.Region.Switches = new EngineSwitches { DiscardsAfterBreach = true };
        await run.Post("/api/v1/bundles", EngineRun.Request("getTipAccounts", "[]"));
        Assert.Equal(429, (await run.Send(RefusalTests.Tip(run))).Error.Http);
        var transaction = RefusalTests.Tip(run);
        EngineAnswer answer;
        do
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            answer = await run.Send(transaction);
        }
        while (answer.Status != HttpStatusCode.OK);
        Assert.Equal(EngineBundle.IdOf([transaction.Id]), answer.Text);
        run.Simulator.Ticks.NextSlots(2);
        Assert.Null(run.Chain.Signatures.Find(transaction.Id));
    }

    [Fact]
    public async Task Auctions_can_be_every_fourth_tick()
    {
        await using var run = await EngineRun.Start();
        run.Region.Switches = new EngineSwitches { ChainTicksPerAuction = 4 };
        var transaction = RefusalTests.Tip(run);
        await run.Send(transaction);
        for (var tick = 1; tick < 4; tick++)
        {
            run.Simulator.Ticks.Next();
            Assert.Null(run.Chain.Signatures.Find(transaction.Id));
        }
        run.Simulator.Ticks.Next();
        Assert.NotNull(run.Chain.Signatures.Find(transaction.Id));
    }

    [Fact]
    public async Task The_control_endpoint_turns_switches_forks_and_tells_the_transcript()
    {
        await using var run = await EngineRun.Start();
        using var http = new HttpClient { BaseAddress = run.Simulator.Engines[0] };
        using var wrong = new StringContent("""{"tellsWrongTipAccounts":true,"notFound":"NullValue"}""");
        using var put = await http.PutAsync("/control/switches", wrong);
        Assert.Equal(HttpStatusCode.NoContent, put.StatusCode);
        var told = (await run.Post("/api/v1/getTipAccounts", EngineRun.Request("getTipAccounts", "[]"))).Result
            .EnumerateArray().Select(one => one.GetString());
        Assert.NotEqual(TipAccounts.All.Select(account => $"{account}"), told);
        foreach (var unknown in new[] { """{"isDwon":true}""", """{"notFound":9}""", """{"notFound":"Nothing"}""" })
        {
            using var body = new StringContent(unknown);
            using var refused = await http.PutAsync("/control/switches", body);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
        using var fork = await http.PostAsync("/control/fork/1", null);
        Assert.Equal(HttpStatusCode.OK, fork.StatusCode);
        var dead = 0;
        lock (run.Chain.Gate)
        {
            run.Chain.Happened += happened =>
            {
                if (happened is SlotStepped { Step: SlotStep.Dead }) dead++;
            };
        }
        run.Simulator.Ticks.NextSlots(2);
        Assert.Equal(1, dead);
        Assert.Equal(64, (await http.GetStringAsync("/control/transcript")).Length);
        using var elsewhere = await http.GetAsync(new Uri(run.Simulator.RpcEndpoint, "/control/switches"));
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
    }

    private static bool Waits(EngineRun run)
    {
        lock (run.Chain.Gate) return run.Region.Waiting.Count > 0;
    }

    private static Task<EngineAnswer> Statuses(EngineRun run, string id) =>
        run.Post("/api/v1/getBundleStatuses", EngineRun.Request("getBundleStatuses", $"[[\"{id}\"]]"));
}
