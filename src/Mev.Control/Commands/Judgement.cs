using System.Collections.Immutable;
using Mev.Control.Keys;
using Mev.Control.Proposals;
using Mev.Control.Records;
using Mev.Control.Starts;

namespace Mev.Control.Commands;

/// <summary>What a verified command may do, and what it makes of the state.</summary>
public sealed record Judgement
{
    /// <summary>The state after it, its own entry of the ledger not yet in it.</summary>
    public required ControlState Next { get; init; }

    /// <summary>Its name; empty when the body is no command.</summary>
    public string Name { get; init; } = "";

    /// <summary>Why it may not; null when it may.</summary>
    public CommandRefusal? Refusal { get; init; }

    /// <summary>The refusal in words.</summary>
    public string Detail { get; init; } = "";

    /// <summary>What its owner is to do.</summary>
    public CommandEffect? Effect { get; init; }

    /// <summary>Who and why.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What it does to the registry.</summary>
    public ImmutableArray<KeyEvent> Changes { get; init; } = [];

    /// <summary>The proposal that it changes.</summary>
    public Proposal? Proposal { get; init; }

    /// <summary>What was signed to propose what it executes.</summary>
    public SignedCommand? ProposalEnvelope { get; init; }

    /// <summary>How the cluster begins with it.</summary>
    public GenesisRecord? Begun { get; init; }
}
