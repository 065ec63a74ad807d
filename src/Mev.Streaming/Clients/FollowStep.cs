namespace Mev.Streaming.Clients;

/// <summary>What a message meant for who follows a channel.</summary>
public enum FollowStep
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>Nothing to be shown: it began, or it is complete up to some number.</summary>
    Progress = 1,

    /// <summary>A new value, or a key that is there no more.</summary>
    Value = 2,

    /// <summary>The whole state.</summary>
    State = 3,

    /// <summary>Numbers that the log no longer holds.</summary>
    Lost = 4,

    /// <summary>Numbers do not follow each other: subscribe again with the resume point.</summary>
    Broken = 5,

    /// <summary>The state is not the server's: subscribe again without a resume point.</summary>
    Diverged = 6,

    /// <summary>The server refused the subscription, or ended it.</summary>
    Refused = 7,
}
