namespace Mev.Control.Keys;

/// <summary>What a key is for. The numbers are recorded: never renumbered.</summary>
public enum KeyKind
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>A principal's own key, on paper, in a file or in hardware.</summary>
    LongTerm = 1,

    /// <summary>The key of one browser session, granted by a long-term key.</summary>
    Session = 2,
}
