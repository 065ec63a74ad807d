namespace Mev.Domain.Tests.Learning;

/// <summary>A mistake that could be made in writing the rules of learning down as code.</summary>
public enum Mistake
{
    /// <summary>None: the rules as they are.</summary>
    None,

    /// <summary>Counts for and against exchanged.</summary>
    SuccessesForFailures,

    /// <summary>A censored bid moves the location the wrong way.</summary>
    CensoredSignTurned,

    /// <summary>A win taken as a bid above ours, a loss as one below.</summary>
    RightForLeft,

    /// <summary>Counts decay after the event has counted.</summary>
    DecayAfterUpdate,

    /// <summary>A bundle of which nobody knows what became of it, taken as outbid.</summary>
    UnknownAsLoss,

    /// <summary>The residual is taken from the location after its own update.</summary>
    ResidualAfterLocation,

    /// <summary>A late bundle, taken as outbid: it says something of bids.</summary>
    LateAsOutbid,

    /// <summary>The bonus moves on what is unknown too.</summary>
    BonusOnUnknown,

    /// <summary>Large chances are explored like small ones.</summary>
    KappaIgnored,

    /// <summary>The bonus is a number of lamports and no share of the value.</summary>
    AbsoluteBonus,

    /// <summary>What a route costs is forgotten.</summary>
    RouteCostForgotten,

    /// <summary>The mean of each factor instead of a draw.</summary>
    NoDraw,

    /// <summary>Lateness of one route used for both.</summary>
    OneRoute,
}
