using Mev.Fixtures.Commands;
using Mev.Grains.Abstractions.Bundles;

namespace Mev.Fault.Tests.Limits;

/// <summary>After a stop was answered, no bytes reach the sender.</summary>
public sealed class StopTests
{
    private const int Rounds = 5;

    [Fact]
    public async Task A_hand_over_that_asked_before_the_stop_does_not_start_after_it()
    {
        await using var silo = await TradingSilo.Start();
        var id = silo.NewOpportunity();
        var intent = await silo.AppendIntent(id);
        var answer = silo.HoldPolicyAnswers();

        var sending = silo.Grains.GetGrain<IBundleGrain>(id.ToString()).Send(intent).AsTask();
        await answer.Given; // 'not stopped', and the bundle does not have it yet
        await silo.Policy.Stop("test");
        var before = silo.Sender.Count;
        answer.Release();

        Assert.Equal(SendVerdict.Stopped, await sending);
        Assert.Equal((0, 0), (before, silo.Sender.Count));
    }

    [Fact]
    public async Task In_a_running_market_nothing_leaves_after_the_answer()
    {
        await using var silo = await TradingSilo.Start(Runs.Market.Generated);
        for (var round = 1; round <= Rounds; round++)
        {
            await silo.Sender.Reaches(10 * round);
            await silo.Policy.Stop("test");
            var answered = silo.Sender.Count;
            await silo.FeedMoves();
            Assert.Equal(answered, silo.Sender.Count);
            await silo.Policy.Resume("test");
        }
    }
}
