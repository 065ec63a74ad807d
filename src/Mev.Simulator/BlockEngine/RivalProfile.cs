namespace Mev.Simulator.BlockEngine;

/// <summary>Who bids against the bundles that are sent.</summary>
public enum RivalProfile
{
    /// <summary>Nobody.</summary>
    Unknown = 0,

    /// <summary>Nobody, said.</summary>
    None = 1,

    /// <summary>What a test says.</summary>
    Scripted = 2,

    /// <summary>As many, as fast and as generous as was published.</summary>
    Documented = 3,

    /// <summary>The eight rivals of the contested-auction simulator, which the learner is measured against.</summary>
    LearningV1 = 4,
}
