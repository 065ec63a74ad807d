using Mev.Domain.Bundles;
using Mev.Domain.Chain;

namespace Mev.Adapters.Tests.Bundles;

/// <summary>What every bundle sender does.</summary>
public abstract class BundleSenderContract
{
    /// <summary>A new sender with a counterparty that takes the submissions of <see cref="NewSubmission"/>.</summary>
    protected abstract IBundleSender NewSender();

    /// <summary>A submission of its own for each number.</summary>
    protected abstract BundleSubmission NewSubmission(byte number);

    /// <summary>Lets the counterparty settle everything that was submitted.</summary>
    protected abstract Task Settle(IBundleSender sender);

    [Fact]
    public async Task Every_submission_has_one_outcome_that_names_it()
    {
        var sender = NewSender();
        BundleSubmission[] submissions = [NewSubmission(1), NewSubmission(2), NewSubmission(3)];
        foreach (var submission in submissions) await sender.Submit(submission);

        await Settle(sender);

        var outcomes = Outcomes(sender);
        Assert.Equal(
            submissions.Select(submission => submission.Opportunity).Order(),
            outcomes.Select(outcome => outcome.Opportunity).Order());
        Assert.All(outcomes, outcome => Assert.Equal(
            outcome.Kind == BundleOutcomeKind.Landed, outcome.TipPaid > Lamports.Zero));
        Assert.NotEmpty(sender.Description);
    }

    [Fact]
    public async Task Same_submission_again_has_no_effect_before_and_after_its_outcome()
    {
        var sender = NewSender();
        await sender.Submit(NewSubmission(1));
        await sender.Submit(NewSubmission(1));
        await Settle(sender);
        await sender.Submit(NewSubmission(1));

        await Settle(sender);

        Assert.Single(Outcomes(sender));
    }

    [Fact]
    public async Task Bytes_that_are_not_those_of_the_intent_are_not_sent()
    {
        var sender = NewSender();
        var altered = NewSubmission(1);
        var bytes = altered.Message.ToArray();
        bytes[^1] ^= 1;

        await Assert.ThrowsAsync<ArgumentException>(
            async () => await sender.Submit(altered with { Message = bytes }));
        await Settle(sender);

        Assert.Empty(Outcomes(sender));
    }

    private static List<BundleOutcome> Outcomes(IBundleSender sender)
    {
        List<BundleOutcome> outcomes = [];
        while (sender.Outcomes.TryRead(out var outcome)) outcomes.Add(outcome);
        return outcomes;
    }
}
