using Mev.Adapters.Jito;

namespace Mev.Adapters.Tests.Simulator.Engine;

/// <summary>A results stream that stays open and tells nothing, as the production sender sees it.</summary>
public sealed class SilentResultsTests
{
    private const int Finalizing = 40; // slots until what landed is final

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Bundles_that_land_without_a_word_of_the_stream_raise_an_alert(bool isSilent)
    {
        await using var run = await SenderRun.Start();
        run.Engine.Region.Switches = new() { ResultsAreSilent = isSilent };
        for (var landed = 0; landed < new JitoOptions().SilentResultsMin; landed++)
        {
            await run.Submit(run.Submission(await run.Chance(), tip: 100_000));
            run.Engine.Simulator.Ticks.NextSlots(Finalizing);
            await run.Outcome();
        }
        await Jito.Until.Holds(() => run.Sender.Funnel().Count(Domain.Bundles.LandingStage.Finalized)
            == new JitoOptions().SilentResultsMin);
        Assert.Equal(isSilent, run.Sender.IsResultsStreamSilent);
        Assert.Equal(isSilent ? 1 : 0, run.Counts.Count(JitoAlert.ResultsSilent));
    }
}
