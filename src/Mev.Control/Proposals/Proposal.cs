using Mev.Control.Commands;
using Mev.Control.Keys;
using Mev.Domain.Chain;

namespace Mev.Control.Proposals;

/// <summary>
/// A command that takes two persons, from its proposal to its execution: the fold of its recorded events, immutable.
/// </summary>
public sealed record Proposal
{
    /// <summary>How long it may be approved and executed, milliseconds.</summary>
    public const long LifetimeMs = 15 * 60 * 1_000;

    /// <summary>Its id: the command id of its proposal.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who proposed it, by which key.</summary>
    public required Signatory Proposer { get; init; }

    /// <summary>Whom the command takes.</summary>
    public required CommandClass Class { get; init; }

    /// <summary>The exact bytes of the command's body: what the second person decodes, reads and approves.</summary>
    public required ReadOnlyMemory<byte> Command { get; init; }

    /// <summary>
    /// The policy that was in force; under another one the proposal is void, but one of keys and roles, which no policy
    /// says anything of: whoever may tighten alone could hinder the revocation of a key by it.
    /// </summary>
    public required Digest PolicyHash { get; init; }

    /// <summary>When it was made, Unix milliseconds.</summary>
    public required long CreatedMs { get; init; }

    /// <summary>Where it stands.</summary>
    public ProposalStatus Status { get; private init; } = ProposalStatus.Open;

    /// <summary>Who approved or refused it, by which key; null before.</summary>
    public Signatory? Approver { get; private init; }

    /// <summary>SHA-256 of the command's bytes, which an approval names.</summary>
    public Digest CommandHash => Digest.Of(Command.Span);

    /// <summary>It waits for the second person, and its time is not over.</summary>
    public bool IsOpen(long nowMs) => Status == ProposalStatus.Open && nowMs <= CreatedMs + LifetimeMs;

    /// <summary>The proposal that a verified command makes; null with the refusal.</summary>
    public static Proposal? Create(
        Guid id, Signatory by, CommandBody proposed, ReadOnlyMemory<byte> command, Digest policyHash, long nowMs,
        out CommandRefusal? refusal)
    {
        refusal = CommandAccess.Propose(proposed.Class, by);
        return refusal is not null ? null : new Proposal
        {
            Id = id,
            Proposer = by,
            Class = proposed.Class,
            Command = command,
            PolicyHash = policyHash,
            CreatedMs = nowMs,
        };
    }

    /// <summary>
    /// Approved by a second person who signed the hash of exactly these bytes; null with the refusal.
    /// </summary>
    public Proposal? Approve(
        Signatory by, Digest commandHash, Digest policyHash, long nowMs, out CommandRefusal? refusal)
    {
        refusal = CheckOpen(ProposalStatus.Open, policyHash, nowMs)
            ?? (commandHash != CommandHash ? CommandRefusal.CommandInvalid : null)
            ?? (by.Principal == Proposer.Principal ? CommandRefusal.TwoPersonRequired : null)
            ?? CommandAccess.Approve(Class, Proposer.Roles, by);
        return refusal is null ? this with { Status = ProposalStatus.Approved, Approver = by } : null;
    }

    /// <summary>Taken back by its proposer, with any key; null with the refusal.</summary>
    public Proposal? Withdraw(Signatory by, out CommandRefusal? refusal)
    {
        refusal = Status != ProposalStatus.Open ? CommandRefusal.ProposalState
            : by.Principal != Proposer.Principal ? CommandRefusal.RoleDenied
            : null;
        return refusal is null ? this with { Status = ProposalStatus.Withdrawn } : null;
    }

    /// <summary>Refused by somebody who might approve it; null with the refusal.</summary>
    public Proposal? Refuse(Signatory by, out CommandRefusal? refusal)
    {
        refusal = Status != ProposalStatus.Open ? CommandRefusal.ProposalState
            : by.Principal == Proposer.Principal ? CommandRefusal.TwoPersonRequired
            : CommandAccess.Approve(Class, Proposer.Roles, by);
        return refusal is null ? this with { Status = ProposalStatus.Refused, Approver = by } : null;
    }

    /// <summary>
    /// Executed: everything that let it be proposed and approved is asked again of the registry and the policy as of
    /// now. Null with the refusal; then it is void.
    /// </summary>
    public Proposal? Execute(KeyRegistry keys, Digest policyHash, long nowMs, out CommandRefusal? refusal)
    {
        refusal = CheckOpen(ProposalStatus.Approved, policyHash, nowMs);
        if (refusal is null && Approver is not null)
        {
            refusal = CheckPersons(
                keys.SignatoryOf(Proposer.Key, nowMs), keys.SignatoryOf(Approver.Key, nowMs));
        }
        return refusal is null ? this with { Status = ProposalStatus.Executed } : null;
    }

    /// <summary>What its failed execution makes of it.</summary>
    public Proposal Void() => this with { Status = ProposalStatus.Voided };

    private CommandRefusal? CheckOpen(ProposalStatus expected, Digest policyHash, long nowMs)
    {
        if (Status != expected) return CommandRefusal.ProposalState;
        if (nowMs > CreatedMs + LifetimeMs) return CommandRefusal.ProposalExpired;
        return policyHash == PolicyHash || Class == CommandClass.Administration ? null : CommandRefusal.ProposalState;
    }

    private CommandRefusal? CheckPersons(Signatory? proposer, Signatory? approver)
    {
        if (proposer is null || approver is null) return CommandRefusal.RoleDenied;
        if (proposer.Principal == approver.Principal) return CommandRefusal.TwoPersonRequired;
        return CommandAccess.Propose(Class, proposer) ?? CommandAccess.Approve(Class, proposer.Roles, approver);
    }
}
