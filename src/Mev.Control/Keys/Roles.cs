namespace Mev.Control.Keys;

/// <summary>What a principal may do. The numbers are recorded: never renumbered.</summary>
[Flags]
public enum Roles
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Reads.</summary>
    Viewer = 1,

    /// <summary>Runs the platform: pauses, tightens, stops; proposes what loosens.</summary>
    Operator = 2,

    /// <summary>Answers for the limits: approves what loosens.</summary>
    Risk = 4,

    /// <summary>Answers for keys and roles; never trades.</summary>
    Admin = 8,

    /// <summary>Every role, as the bound of what a long-term key may use.</summary>
    All = Viewer | Operator | Risk | Admin,
}
