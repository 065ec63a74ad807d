namespace Mev.Adapters.Jito;

/// <summary>What an operator should look at; each is counted and logged.</summary>
public enum JitoAlert
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>The engine returned another bundle id than the computed one, which stays the right one.</summary>
    IdDiffers = 1,

    /// <summary>The engine reports other tip accounts than the derived ones: nothing is sent any more.</summary>
    TipAccountsDiffer = 2,

    /// <summary>Many received bundles in a row left no trace: the engine may discard them silently.</summary>
    ShadowDropSuspected = 3,

    /// <summary>The engine says that a bundle was taken apart.</summary>
    Unbundled = 4,

    /// <summary>A landing disappeared before it was finalized; its outcome was corrected.</summary>
    LandingVanished = 5,

    /// <summary>
    /// A fault of ours: a bundle failed on chain, was malformed, or failed for no reason that is known.
    /// </summary>
    Fault = 6,

    /// <summary>Other bytes were submitted for an opportunity that has a bundle: they were not sent.</summary>
    OtherBytes = 7,

    /// <summary>The engine refused the searcher's key, which is not used any more.</summary>
    KeyRefused = 8,

    /// <summary>A bundle is in the chain, and neither stream nor node tells what it changed: not known.</summary>
    Unseen = 9,

    /// <summary>Faults of ours repeated: nothing is sent, and trading is stopped.</summary>
    BreakerOpen = 10,

    /// <summary>Nearly all bids lose: what is decided on may be old.</summary>
    StaleDataSuspected = 11,

    /// <summary>
    /// A region's results stream said nothing of bundles that came in, though it is open: outcomes wait for the chain.
    /// </summary>
    ResultsSilent = 12,
}
