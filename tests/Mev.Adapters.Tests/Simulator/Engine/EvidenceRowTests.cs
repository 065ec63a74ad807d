using Mev.Domain.Bundles;
using Mev.Simulator.BlockEngine;

namespace Mev.Adapters.Tests.Simulator.Engine;

/// <summary>
/// The rows of the table from results to outcomes (specs: block engine, section 9) that the engine's word decides, end
/// to end against the server: the same last outcome, as many lessons and alerts however it is told.
/// </summary>
public sealed class EvidenceRowTests
{
    private const long Tip = EvidencePlay.Tip;

    private static readonly Dictionary<string, EvidenceRow> Table = new()
    {
        ["state auction"] = Rejected(RejectionRow.StateAuction, OutcomeCause.Outbid),
        ["winning batch"] = Rejected(RejectionRow.WinningBatch, OutcomeCause.Outbid),
        ["simulation, nothing left"] = Rejected(RejectionRow.Simulation, OutcomeCause.Late) with { Value = 0 },
        ["simulation, less than the tip"] =
            Rejected(RejectionRow.Simulation, OutcomeCause.ValueGuard) with { Value = Tip },
        ["simulation, not explained"] = Rejected(RejectionRow.Simulation, OutcomeCause.Bug) with { Value = Tip + 1 },
        ["simulation, state not known"] = Rejected(RejectionRow.Simulation, OutcomeCause.Unobserved),
        ["internal error"] = Rejected(RejectionRow.Internal, OutcomeCause.Engine),
        ["dropped by the engine"] = Rejected(RejectionRow.Dropped, OutcomeCause.Engine),
        ["dropped for its blockhash"] = Dropped("Blockhash not found", OutcomeCause.Engine),
        ["dropped without a leader"] = Dropped("no connected leader up soon", OutcomeCause.NoLeader),
        ["undecodable"] = Refused(RefusalRow.Undecodable, OutcomeCause.Malformed),
        ["no tip account"] = Refused(RefusalRow.NoTipAccount, OutcomeCause.Malformed),
        ["no tip account, old text"] = Refused(RefusalRow.NoTipAccountOld, OutcomeCause.Malformed),
        ["too many"] = Refused(RefusalRow.TooMany, OutcomeCause.Malformed),
        ["duplicates"] = Refused(RefusalRow.Duplicate, OutcomeCause.Malformed),
        ["too many locks"] = Refused(RefusalRow.TooManyLocks, OutcomeCause.Malformed),
        ["expired blockhash"] = Refused(RefusalRow.BlockhashExpired, OutcomeCause.BlockhashExpired),
        ["invalid blockhash"] = Refused(RefusalRow.BlockhashInvalid, OutcomeCause.BlockhashExpired),
        ["rate limited"] = Refused(RefusalRow.RateLimited, OutcomeCause.RateLimited),
        ["rate limited for a time"] = Refused(RefusalRow.BackedOff, OutcomeCause.RateLimited),
        ["rate limited engine-wide"] = Refused(RefusalRow.Congested, OutcomeCause.RateLimited),
        ["unauthorised"] = Refused(RefusalRow.Unauthorised, OutcomeCause.Unauthorised),
        ["unauthenticated"] = Refused(RefusalRow.Unauthenticated, OutcomeCause.Unauthorised),
    };

    public static TheoryData<string> Rows => new(Table.Keys);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task A_row_ends_alike_and_teaches_alike_told_once_or_repeated_and_reversed(string name) =>
        EvidencePlay.EndsAlike(Table[name]);

    private static EvidenceRow Rejected(RejectionRow row, OutcomeCause cause) =>
        new(new() { Rejects = row }, BundleOutcomeKind.Refused, cause);

    private static EvidenceRow Dropped(string text, OutcomeCause cause) =>
        new(new() { Rejects = RejectionRow.Dropped, RejectionText = text }, BundleOutcomeKind.Refused, cause)
        {
            Says = [text],
        };

    private static EvidenceRow Refused(RefusalRow row, OutcomeCause cause) =>
        new(new() { Refuses = row }, BundleOutcomeKind.Refused, cause);
}
