using Mev.Control.Commands;
using Mev.Control.Proposals;
using Mev.Control.Signatures;
using Mev.Domain.Chain;

namespace Mev.Control.Starts;

/// <summary>
/// The start of a cluster by two admins of the trust root, once: sealed, proposed, begun. Immutable; the fold of its
/// recorded steps.
/// </summary>
public sealed record SealedStart
{

    /// <summary>Sealed, under a trust root.</summary>
    /// <param name="root">Who may begin it.</param>
    /// <param name="isDevelopment">The root's keys are those of development.</param>
    public SealedStart(TrustRoot root, bool isDevelopment) => (Root, IsDevelopment) = (root, isDevelopment);

    /// <summary>Who may begin it.</summary>
    public TrustRoot Root { get; }

    /// <summary>The root's keys are those of development.</summary>
    public bool IsDevelopment { get; init; }

    private (KeyId By, ReadOnlyMemory<byte> Initial, long AtMs)? Proposed { get; init; }

    /// <summary>How it began; null while it is sealed.</summary>
    public GenesisRecord? Begun { get; private init; }

    /// <summary>
    /// Why a signed request to that path is refused while the cluster is sealed; null for what begins or stops it.
    /// </summary>
    public CommandRefusal? Check(string path) =>
        Begun is not null || path is CommandEndpoints.Genesis or CommandEndpoints.Stop ? null : CommandRefusal.Sealed;

    /// <summary>The first registry and policy proposed; an earlier proposal gives way. Null with the refusal.</summary>
    /// <param name="by">The key that signed.</param>
    /// <param name="initial">The exact bytes.</param>
    /// <param name="nowMs">Unix milliseconds.</param>
    /// <param name="refusal">Why not.</param>
    public SealedStart? Propose(KeyId by, ReadOnlyMemory<byte> initial, long nowMs, out CommandRefusal? refusal)
    {
        refusal = CheckOpen(by) ?? (initial.IsEmpty ? CommandRefusal.CommandInvalid : null);
        return refusal is null ? this with { Proposed = (by, initial, nowMs) } : null;
    }

    /// <summary>Begun: another admin signed the hash of what was proposed. Null with the refusal.</summary>
    /// <param name="by">The key that signed.</param>
    /// <param name="initialHash">SHA-256 of the proposed bytes.</param>
    /// <param name="nowMs">Unix milliseconds.</param>
    /// <param name="refusal">Why not.</param>
    public SealedStart? Approve(KeyId by, Digest initialHash, long nowMs, out CommandRefusal? refusal)
    {
        refusal = CheckOpen(by) ?? (Proposed is null ? CommandRefusal.ProposalState : null);
        if (refusal is not null || Proposed is not { } proposed) return null;
        refusal = nowMs > proposed.AtMs + Proposal.LifetimeMs ? CommandRefusal.ProposalExpired
            : initialHash != Digest.Of(proposed.Initial.Span) ? CommandRefusal.CommandInvalid
            : Root.Admins[by] == Root.Admins[proposed.By] ? CommandRefusal.TwoPersonRequired
            : null;
        if (refusal is not null) return null;
        return this with
        {
            Begun = new GenesisRecord
            {
                TrustRootHash = Root.Hash,
                Initial = proposed.Initial,
                ProposedBy = proposed.By,
                ApprovedBy = by,
                IsDevelopment = IsDevelopment,
            },
        };
    }

    private CommandRefusal? CheckOpen(KeyId by) =>
        Begun is not null ? CommandRefusal.ProposalState
        : !Root.Admins.ContainsKey(by) ? CommandRefusal.RoleDenied
        : null;
}
