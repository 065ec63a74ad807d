namespace Mev.Gateway.Sessions;

/// <summary>Who may read.</summary>
public enum ReaderRule
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>Whoever reaches the port, which is therefore loopback's.</summary>
    Everybody = 1,

    /// <summary>Who has opened a session with a key that has a role.</summary>
    Sessions = 2,
}
