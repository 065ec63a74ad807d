using Mev.Adapters.Jito;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Simulator.Rivals;

namespace Mev.Adapters.Tests.Simulator.Engine;

/// <summary>One bundle of ours at the simulator's block engine, as a row of the evidence has it.</summary>
internal sealed class EvidencePlay(SenderRun run, Chance chance, BundleSubmission ours)
{
    /// <summary>Our tip, lamports.</summary>
    public const long Tip = 100_000;

    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(800);

    /// <summary>Plays a row as it happens and, at the same time, with every event repeated and in reverse.</summary>
    public static async Task EndsAlike(EvidenceRow row)
    {
        var ends = await Task.WhenAll(Play(row, isShuffled: false), Play(row, isShuffled: true));
        var lessons = LearningEvidence.KindOf(row.Kind, row.Cause) is null ? 0 : 1;
        var isFault = row.Cause is OutcomeCause.Bug or OutcomeCause.Malformed or OutcomeCause.FailedOnChain;
        var end = new End(
            row.Kind, row.Cause, lessons, isFault ? 1 : 0, row.Cause == OutcomeCause.Unbundled ? 1 : 0);
        Assert.Equal([end, end], ends);
    }

    /// <summary>A rival's transaction for the same chance is executed.</summary>
    public Task Lose(long tip) => Execute(run.RivalFor(chance, tip));

    /// <summary>Our own transaction is executed, outside any bundle.</summary>
    public Task Execute() => Execute(Transaction.Read(ours.Transactions[0].Span, out _)!);

    /// <summary>The open slot ends, and the sender hears of it.</summary>
    public Task Hear() => run.NextSlot();

    /// <summary>The open slot ends, and the newest ones are given up.</summary>
    public Task GiveUp(int slots)
    {
        lock (run.Engine.Chain.Gate) run.Engine.Chain.Blocks.ForkNext = slots;
        run.Engine.Simulator.Ticks.NextSlots(1);
        return Task.CompletedTask;
    }

    private static async Task<End> Play(EvidenceRow row, bool isShuffled)
    {
        await using var run = await SenderRun.Start();
        run.ValueAt = (_, _) => row.Value is { } value ? new Lamports(value) : null;
        var chance = await run.Chance();
        var ours = run.Submission(chance, Tip);
        var play = new EvidencePlay(run, chance, ours);
        await row.Before(play);
        run.Engine.Region.Switches = row.Switches with { RepeatsResults = isShuffled, ReversesResults = isShuffled };
        await run.Sender.Submit(ours);
        await Jito.Until.Holds(() => run.Sender.VerdictOf(ours.Opportunity)!.Evidence.Any(IsAnswer));
        run.Engine.Simulator.Ticks.Next(); // its auction
        await row.After(play);
        run.Engine.Simulator.Ticks.NextSlots(row.Slots);
        var outcomes = new List<BundleOutcome> { await run.Outcome() };
        while (outcomes[^1].Kind == BundleOutcomeKind.Unknown) outcomes.Add(await run.Outcome());
        await Task.Delay(Calm, TimeProvider.System, TestContext.Current.CancellationToken);
        while (run.Sender.Outcomes.TryRead(out var further)) outcomes.Add(further);
        var evidence = run.Sender.VerdictOf(ours.Opportunity)!.Evidence;
        foreach (var said in row.Says)
            Assert.Contains(evidence, item => item.Text.Contains(said, StringComparison.OrdinalIgnoreCase));
        var last = outcomes[^1];
        var lessons = outcomes.Select(one => LearningEvidence.KindOf(one.Kind, one.Cause)).OfType<LearningEventKind>();
        return new End(
            last.Kind, last.Cause, lessons.Count(), run.Counts.Count(JitoAlert.Fault),
            run.Counts.Count(JitoAlert.Unbundled));
    }

    /// <summary>The engine has answered, or did not; that the chain has it not yet is no answer.</summary>
    private static bool IsAnswer(LandingEvidence item) =>
        item.Kind is LandingEvidenceKind.Received or LandingEvidenceKind.Refused or LandingEvidenceKind.Uncertain;

    private Task Execute(Transaction transaction)
    {
        run.Execute(transaction);
        return run.NextSlot();
    }

    private sealed record End(
        BundleOutcomeKind Kind, OutcomeCause Cause, int Lessons, long FaultAlerts, long UnbundledAlerts);
}
