namespace Mev.Domain.Bundles;

/// <summary>What became of a bundle, from evidence only.</summary>
public enum BundleOutcomeKind : byte
{
    /// <summary>Evidence is missing. Never a reward, and the risk stays reserved.</summary>
    Unknown = 0,

    /// <summary>Seen in a confirmed block without an error.</summary>
    Landed = 1,

    /// <summary>Refused by the engine or failed on chain.</summary>
    Refused = 2,

    /// <summary>Its blockhash expired and it is absent from the chain.</summary>
    Expired = 3,
}
