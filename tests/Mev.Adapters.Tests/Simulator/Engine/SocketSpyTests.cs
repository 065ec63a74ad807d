using Mev.Adapters.Tests.Jito;
using Mev.Domain.Bundles;

namespace Mev.Adapters.Tests.Simulator.Engine;

/// <summary>Whoever decides waits for no socket: building, signing and handing over begin no request.</summary>
public sealed class SocketSpyTests
{
    private const long Tip = 50_000;

    [Fact]
    public async Task Between_a_chance_and_its_hand_over_nothing_is_asked_of_anybody()
    {
        await using var run = await SenderRun.Start();
        var chance = await run.Chance();
        using var spy = new SocketSpy();
        var thread = Environment.CurrentManagedThreadId;
        var submission = run.Submission(chance, Tip);
        var handedOver = run.Sender.Submit(submission);
        Assert.True(handedOver.IsCompletedSuccessfully);
        Assert.Empty(spy.By(thread));

        await Until.Holds(() => run.Sender.VerdictOf(submission.Opportunity)!.Evidence
            .Any(item => item.Kind == LandingEvidenceKind.Received));
        Assert.Contains(spy.ByOthers(thread), seen => seen == "System.Net.Http RequestStart"); // it sees what leaves
    }
}
