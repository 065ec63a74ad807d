namespace Mev.Domain.Opportunities;

/// <summary>What became of a cycle that was sized. The numbers are recorded.</summary>
public enum CandidateVerdict
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>An opportunity that strategies decide upon.</summary>
    Opportunity = 1,

    /// <summary>Pays, but starts from another mint than WSOL: listed only.</summary>
    Listed = 2,

    /// <summary>No size pays on exact quotes.</summary>
    NoSizePays = 3,

    /// <summary>Pays less than the fixed cost of a landing.</summary>
    BelowLandingFee = 4,
}
