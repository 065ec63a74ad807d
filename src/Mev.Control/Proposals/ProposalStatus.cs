namespace Mev.Control.Proposals;

/// <summary>Where a proposal stands. The numbers are recorded: never renumbered.</summary>
public enum ProposalStatus
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>Waits for the second person.</summary>
    Open = 1,

    /// <summary>A second person approved it; it is to be executed.</summary>
    Approved = 2,

    /// <summary>It was executed, once.</summary>
    Executed = 3,

    /// <summary>Its proposer took it back.</summary>
    Withdrawn = 4,

    /// <summary>It cannot be executed any more: roles, keys or the policy changed, or its time was over.</summary>
    Voided = 5,

    /// <summary>Who might have approved it refused it.</summary>
    Refused = 6,
}
