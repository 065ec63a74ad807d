using Orleans;

namespace Mev.Journal;

/// <summary>The journal could not make records durable. No audit, no trade: the caller does not go on.</summary>
[GenerateSerializer, Alias("mev.journal-unavailable")]
public sealed class JournalUnavailableException : Exception
{
    /// <summary>For serialisers.</summary>
    public JournalUnavailableException()
    {
    }

    /// <summary>With a message that names the journal and the remedy.</summary>
    public JournalUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>With the message and the cause.</summary>
    public JournalUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
