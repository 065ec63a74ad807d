using System.Collections.Immutable;
using Mev.Control.Commands;
using Mev.Control.Keys;
using Mev.Control.Ledger;
using Mev.Control.Proposals;
using Mev.Control.Starts;
using Mev.Domain.Chain;

namespace Mev.Control.Records;

/// <summary>A signed command that the log has: what it may do, as of its record, and what it was answered.</summary>
public sealed record TakenCommand
{
    /// <summary>Id, principal, body and answer.</summary>
    public required LedgerEntry Entry { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its record's place in the control partition.</summary>
    public required long Offset { get; init; }

    /// <summary>Its record's leaf in the partition's tree.</summary>
    public required Digest LeafHash { get; init; }

    /// <summary>What was signed; null once it is answered.</summary>
    public SignedCommand? Envelope { get; init; }

    /// <summary>What was signed to propose it; null where one person is enough.</summary>
    public SignedCommand? ProposalEnvelope { get; init; }

    /// <summary>Why it does nothing; null when it was permitted.</summary>
    public CommandRefusal? Refusal { get; init; }

    /// <summary>The refusal in words; empty without one.</summary>
    public string Detail { get; init; } = "";

    /// <summary>What its owner is to do; null when there is nothing beyond this state.</summary>
    public CommandEffect? Effect { get; init; }

    /// <summary>The log has its effect.</summary>
    public bool IsDone { get; init; }

    /// <summary>Who and why.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What it did to the registry.</summary>
    public ImmutableArray<KeyEvent> Changes { get; init; } = [];

    /// <summary>The proposal that it changed, as it was then; null when it changed none.</summary>
    public Proposal? Proposal { get; init; }

    /// <summary>How the cluster began with it; null of every other command.</summary>
    public GenesisRecord? Begun { get; init; }
}
