using Mev.Adapters.Jito.Wire;
using Mev.Domain.Chain;
using Mev.Simulator.BlockEngine;
using Microsoft.Extensions.Time.Testing;

namespace Mev.Adapters.Tests.Simulator.Engine;

/// <summary>The engine is a function of seed and arrivals, and keeps what it received.</summary>
public sealed class TranscriptTests
{
    [Fact]
    public async Task The_same_seed_and_arrivals_give_the_same_transcript_and_others_give_another()
    {
        var first = await Run(seed: 3, arrivalMs: 10);
        Assert.Equal(first, await Run(seed: 3, arrivalMs: 10));
        Assert.NotEqual(first, await Run(seed: 4, arrivalMs: 10));
        Assert.NotEqual(first, await Run(seed: 3, arrivalMs: 11));
    }

    [Fact]
    public async Task Every_request_is_kept_as_it_came_until_the_bound()
    {
        var time = new FakeTimeProvider();
        await using var run = await EngineRun.StartAt(time, "BlockEngine:ReceivedBytesMax=200");
        var transcript = run.Simulator.Get<EngineTranscript>();
        var request = EngineRun.Request("getTipAccounts", "[]");
        time.Advance(TimeSpan.FromMilliseconds(250));
        await run.Post("/api/v1/getTipAccounts", request);
        var kept = Assert.Single(transcript.Received);
        Assert.Equal(TimeSpan.FromMilliseconds(250), kept.At);
        Assert.Equal(("frankfurt", "/api/v1/getTipAccounts"), (kept.Region, kept.Method));
        Assert.Equal(request, System.Text.Encoding.UTF8.GetString(kept.Bytes.Span));
        for (var i = 0; i < 4; i++) await run.Post("/api/v1/bundles", request);
        Assert.InRange(transcript.Received.Sum(one => one.Bytes.Length), request.Length, 200);
        Assert.Equal(5, transcript.Received.Count + transcript.Forgotten);
    }

    private static async Task<Digest> Run(int seed, int arrivalMs)
    {
        var time = new FakeTimeProvider();
        await using var run = await EngineRun.StartAt(
            time, $"Generator:Seed={seed}", "BlockEngine:Rivals=Documented", "BlockEngine:LandingShift=0");
        for (var round = 0; round < 5; round++)
        {
            var chance = run.Chance();
            time.Advance(TimeSpan.FromMilliseconds(arrivalMs));
            await run.Send(run.Take(chance, tip: 10_000 + round));
            await run.Searcher.GetTipAccountsAsync(new GetTipAccountsRequest());
            run.Simulator.Ticks.NextSlots(2);
        }
        run.Simulator.Ticks.NextSlots(40);
        return run.Simulator.Get<EngineTranscript>().Hash;
    }
}
