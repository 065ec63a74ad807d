using Mev.Domain.Bundles;
using Mev.Simulator.BlockEngine;

namespace Mev.Adapters.Tests.Simulator.Engine;

/// <summary>
/// The rows of the table from results to outcomes (specs: block engine, section 9) that the chain decides, end to end
/// against the server: the same last outcome, as many lessons and alerts however it is told.
/// </summary>
public sealed class EvidenceChainTests
{
    private const long Tip = EvidencePlay.Tip;

    private static readonly EngineSwitches Lost = new() { LosesForwarded = true };
    private static readonly EngineSwitches Unheard = Lost with { ResultsAreSilent = true };

    private static readonly Dictionary<string, EvidenceRow> Table = new()
    {
        ["landed"] = Landed(new(), OutcomeCause.Landed),
        ["accepted and absent"] = Expired(Lost, OutcomeCause.Dropped) with { Says = ["BlockhashExpired"] },
        ["processed, then its block was given up"] = Expired(new(), OutcomeCause.Dropped) with
        {
            After = async play =>
            {
                await play.GiveUp(0);
                await play.GiveUp(2);
            },
            Says = ["processed", "NotFinalized"],
        },
        ["taken apart and landed"] = Landed(new() { Unbundles = true }, OutcomeCause.Unbundled) with
        {
            After = play => play.GiveUp(1),
            Says = ["PartiallyProcessed"],
        },
        ["taken apart and absent"] = Expired(new() { Unbundles = true }, OutcomeCause.Unbundled) with
        {
            After = async play =>
            {
                await play.GiveUp(1);
                await play.GiveUp(1); // with what was executed alone
            },
            Says = ["PartiallyProcessed"],
        },
        ["sent on alone and failed"] = new(Lost, BundleOutcomeKind.Refused, OutcomeCause.FailedOnChain)
        {
            After = async play =>
            {
                await play.Lose(Tip);
                await play.Execute();
            },
            Slots = EvidenceRow.Confirming,
        },
        ["nothing heard and absent"] = Expired(Unheard, OutcomeCause.Unobserved),
        ["nothing heard, a higher bid landed"] = Expired(Unheard, OutcomeCause.Outbid) with
        {
            After = play => play.Lose(3 * Tip),
        },
        ["nothing heard, a lower bid landed"] = Expired(Unheard, OutcomeCause.Unobserved) with
        {
            After = play => play.Lose(Tip / 2),
        },
        ["nothing heard, somebody was before us"] = Expired(Unheard, OutcomeCause.Late) with
        {
            Before = play => play.Lose(Tip / 2),
            After = play => play.Hear(),
        },
        ["already processed, and landed"] = Landed(new(), OutcomeCause.Landed) with
        {
            Before = play => play.Execute(),
            Says = ["already processed"],
        },
        ["already processed, and absent"] =
            Expired(new() { Refuses = RefusalRow.AlreadyProcessed }, OutcomeCause.Unobserved),
        ["no answer, and landed"] = Landed(new() { DropsReplies = true }, OutcomeCause.Landed),
        ["not available, and absent"] = Expired(new() { IsDown = true }, OutcomeCause.Unobserved),
    };

    public static TheoryData<string> Rows => new(Table.Keys);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task A_row_ends_alike_and_teaches_alike_told_once_or_repeated_and_reversed(string name) =>
        EvidencePlay.EndsAlike(Table[name]);

    private static EvidenceRow Landed(EngineSwitches switches, OutcomeCause cause) =>
        new(switches, BundleOutcomeKind.Landed, cause) { Slots = EvidenceRow.Confirming };

    private static EvidenceRow Expired(EngineSwitches switches, OutcomeCause cause) =>
        new(switches, BundleOutcomeKind.Expired, cause) { Slots = EvidenceRow.Expiring };
}
