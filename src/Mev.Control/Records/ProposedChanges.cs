using System.Collections.Immutable;
using Mev.Control.Commands;
using Mev.Control.Policies;

namespace Mev.Control.Records;

/// <summary>What is shown of a proposal before anybody signs it.</summary>
public static class ProposedChanges
{
    /// <summary>The name of its command; empty when the bytes are none.</summary>
    public static string NameOf(RecordedProposal recorded) => Read(recorded)?.Name ?? "";

    /// <summary>Every limit that it would change now; none of one that changes no limit, or can no more.</summary>
    public static ImmutableArray<LimitChange> Of(RecordedProposal recorded, ControlState state)
    {
        if (Read(recorded) is not { } body) return [];
        return EffectReader.Read(body, state.Policy, out _) switch
        {
            CommandEffect.PolicyChange change => PolicyChanges.Between(state.Policy, change.Next),
            CommandEffect.Resume => PolicyChanges.Between(state.Policy, state.Policy with { IsStopped = false }),
            _ => [],
        };
    }

    private static CommandBody? Read(RecordedProposal recorded) =>
        CommandBody.Read(recorded.Proposal.Command, CommandEndpoints.Commands);
}
