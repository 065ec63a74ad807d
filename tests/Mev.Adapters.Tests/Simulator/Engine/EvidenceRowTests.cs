using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Simulator.BlockEngine;

namespace Mev.Adapters.Tests.Simulator.Engine;

/// <summary>
/// The rows of the table from results to outcomes (specs: block engine, section 9), end to end against the server, told
/// as they happen and again repeated and in reverse: the same last outcome, and as many lessons.
/// </summary>
public sealed class EvidenceRowTests
{
    private const long Tip = 100_000;
    private const int Confirming = 8; // slots
    private const int Expiring = 260; // until the last valid block and 32 more are final
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(800);

    public static TheoryData<string> Rows => new(Table.Keys);

    private static readonly Dictionary<string, Row> Table = new()
    {
        ["landed"] = new(new(), BundleOutcomeKind.Landed, OutcomeCause.Landed, Slots: Confirming),
        ["state auction"] = Rejected(RejectionRow.StateAuction, OutcomeCause.Outbid),
        ["winning batch"] = Rejected(RejectionRow.WinningBatch, OutcomeCause.Outbid),
        ["simulation, nothing left"] = Rejected(RejectionRow.Simulation, OutcomeCause.Late) with { Value = 0 },
        ["simulation, less than the tip"] =
            Rejected(RejectionRow.Simulation, OutcomeCause.ValueGuard) with { Value = Tip },
        ["simulation, not explained"] = Rejected(RejectionRow.Simulation, OutcomeCause.Bug) with { Value = Tip + 1 },
        ["simulation, state not known"] = Rejected(RejectionRow.Simulation, OutcomeCause.Unobserved),
        ["internal error"] = Rejected(RejectionRow.Internal, OutcomeCause.Engine),
        ["dropped by the engine"] = Rejected(RejectionRow.Dropped, OutcomeCause.Engine),
        ["dropped without a leader"] = new(
            new() { Rejects = RejectionRow.Dropped, RejectionText = "no connected leader up soon" },
            BundleOutcomeKind.Refused, OutcomeCause.NoLeader),
        ["accepted and absent"] = new(
            new() { LosesForwarded = true }, BundleOutcomeKind.Expired, OutcomeCause.Dropped, Slots: Expiring),
        ["nothing heard and absent"] = new(
            new() { LosesForwarded = true, ResultsAreSilent = true }, BundleOutcomeKind.Expired,
            OutcomeCause.Unobserved, Slots: Expiring),
        ["taken apart and landed"] = new(
            new() { Unbundles = true }, BundleOutcomeKind.Landed, OutcomeCause.Unbundled, Slots: Confirming, Forks: 1),
        ["undecodable"] = Refused(RefusalRow.Undecodable, OutcomeCause.Malformed),
        ["expired blockhash"] = Refused(RefusalRow.BlockhashExpired, OutcomeCause.BlockhashExpired),
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_row_ends_alike_and_teaches_alike_told_once_or_repeated_and_reversed(string name)
    {
        var row = Table[name];
        var lessons = LearningEvidence.KindOf(row.Kind, row.Cause) is null ? 0 : 1;
        Assert.Equal((row.Kind, row.Cause, lessons), await Play(row, isShuffled: false));
        Assert.Equal((row.Kind, row.Cause, lessons), await Play(row, isShuffled: true));
    }

    /// <summary>The engine has answered; that the chain has it not yet is no answer.</summary>
    private static bool IsAnswer(LandingEvidence item) =>
        item.Kind is LandingEvidenceKind.Received or LandingEvidenceKind.Refused;

    private static Row Rejected(RejectionRow row, OutcomeCause cause) =>
        new(new() { Rejects = row }, BundleOutcomeKind.Refused, cause);

    private static Row Refused(RefusalRow row, OutcomeCause cause) =>
        new(new() { Refuses = row }, BundleOutcomeKind.Refused, cause);

    private static async Task<(BundleOutcomeKind Kind, OutcomeCause Cause, int Lessons)> Play(Row row, bool isShuffled)
    {
        await using var run = await SenderRun.Start();
        run.ValueAt = (_, _) => row.Value is { } value ? new Lamports(value) : null;
        var ours = run.Submission(await run.Chance(), Tip);
        run.Engine.Region.Switches = row.Switches with { RepeatsResults = isShuffled, ReversesResults = isShuffled };
        await run.Sender.Submit(ours);
        await Jito.Until.Holds(() => run.Sender.VerdictOf(ours.Opportunity)!.Evidence.Any(IsAnswer));
        run.Engine.Simulator.Ticks.Next(); // its auction
        lock (run.Engine.Chain.Gate) run.Engine.Chain.Blocks.ForkNext = row.Forks;
        run.Engine.Simulator.Ticks.NextSlots(row.Slots);
        var outcomes = new List<BundleOutcome> { await run.Outcome() };
        while (outcomes[^1].Kind == BundleOutcomeKind.Unknown) outcomes.Add(await run.Outcome());
        await Task.Delay(Calm, TimeProvider.System, TestContext.Current.CancellationToken);
        while (run.Sender.Outcomes.TryRead(out var further)) outcomes.Add(further);
        var last = outcomes[^1];
        var lessons = outcomes.Select(one => LearningEvidence.KindOf(one.Kind, one.Cause)).OfType<LearningEventKind>();
        return (last.Kind, last.Cause, lessons.Count());
    }

    /// <param name="Switches">How the engine behaves.</param>
    /// <param name="Kind">The last outcome.</param>
    /// <param name="Cause">Its cause.</param>
    /// <param name="Slots">Slots until it is known.</param>
    /// <param name="Value">What the cycle is worth where it failed, lamports; null where nobody can tell.</param>
    /// <param name="Forks">Slots given up after it landed.</param>
    private sealed record Row(
        EngineSwitches Switches, BundleOutcomeKind Kind, OutcomeCause Cause, int Slots = 1, long? Value = null,
        int Forks = 0);
}
