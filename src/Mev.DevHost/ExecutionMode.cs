namespace Mev.DevHost;

/// <summary>What becomes of a decision to submit.</summary>
public enum ExecutionMode
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>Settled against the states that really follow in the feed; nothing is signed or sent.</summary>
    Paper = 1,

    /// <summary>Signed and sent to the simulator, which has rivals.</summary>
    Simulated = 2,

    /// <summary>Signed and sent to the chain.</summary>
    Live = 3,
}
