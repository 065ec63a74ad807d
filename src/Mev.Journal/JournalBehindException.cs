namespace Mev.Journal;

/// <summary>
/// The journal holds less than the grain states that were made of it: it is older than they are, or gone. Who went on
/// would decide again what was decided.
/// </summary>
public sealed class JournalBehindException : Exception
{
    /// <summary>For serialisers.</summary>
    public JournalBehindException()
    {
    }

    /// <summary>With a message that names both files and the remedy.</summary>
    public JournalBehindException(string message)
        : base(message)
    {
    }

    /// <summary>With the message and the cause.</summary>
    public JournalBehindException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
