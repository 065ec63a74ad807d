using Mev.Control.Commands;
using Mev.Control.Records;
using Mev.Domain.Limits;

namespace Mev.Control.Policies;

/// <summary>
/// What the log's records make of the policy: one of a signed command changes it exactly as that was permitted, one of
/// nobody's may stop and do nothing else. So write access to the log alone loosens nothing.
/// </summary>
/// <param name="InForce">The newest that was permitted.</param>
/// <param name="Before">
/// The one before it until its command is answered: a stop that came while it was journalled goes back to it.
/// </param>
internal sealed record RecordedPolicy(Policy InForce, Policy Before)
{
    // Far more than changes that were void in between; a record that jumps further would leave no versions to come.
    private const ulong VersionStepMax = 1_000_000;

    /// <summary>Before the first record.</summary>
    public static RecordedPolicy First { get; } = new(new Policy(), new Policy());

    /// <summary>
    /// What follows a record; null where nobody permitted it. Of two records of one version the later is in force, and
    /// one of an older version changes nothing.
    /// </summary>
    /// <param name="recorded">What the record says.</param>
    /// <param name="by">The command that it names, as far as the log has it and it is not answered.</param>
    public RecordedPolicy? Take(Policy recorded, TakenCommand? by)
    {
        if (recorded.Version < InForce.Version) return this;
        if (IsPermitted(recorded, by)) return new RecordedPolicy(recorded, InForce);
        return recorded.IsStopped && recorded.Version - InForce.Version <= VersionStepMax ? Stopped(recorded) : null;
    }

    /// <summary>The change is answered: from now on a stop keeps its limits.</summary>
    public RecordedPolicy Answered() => this with { Before = InForce };

    /// <summary>Whether the record is the effect of the command that it names.</summary>
    public bool IsEffect(Policy recorded, TakenCommand? by) =>
        by?.Effect is CommandEffect.Stop ? recorded.IsStopped : IsPermitted(recorded, by);

    private bool IsPermitted(Policy recorded, TakenCommand? by) => by?.Effect switch
    {
        CommandEffect.PolicyChange change =>
            recorded.Hash == change.Next.Hash && recorded.IsStopped == InForce.IsStopped,
        CommandEffect.Resume resume => recorded.Hash == (InForce with
        {
            Version = resume.Version,
            IsStopped = false,
            ResumedMs = by.Proposal?.CreatedMs ?? recorded.ResumedMs,
        }).Hash,
        _ => false,
    };

    /// <summary>Its limits are those that were permitted, whatever the record says of them.</summary>
    private RecordedPolicy Stopped(Policy recorded)
    {
        var (stopped, before) = (Of(InForce), Of(Before));
        return new RecordedPolicy(recorded.Hash == before.Hash ? before : stopped, InForce);

        Policy Of(Policy limits) => limits with { Version = recorded.Version, IsStopped = true };
    }
}
