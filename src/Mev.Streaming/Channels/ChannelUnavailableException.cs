namespace Mev.Streaming.Channels;

/// <summary>A channel's log cannot be read now; the message says why.</summary>
public sealed class ChannelUnavailableException : Exception
{
    /// <summary>With what happened.</summary>
    public ChannelUnavailableException(string message, Exception cause)
        : base(message, cause)
    {
    }

    /// <summary>Without a cause.</summary>
    public ChannelUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Without a message.</summary>
    public ChannelUnavailableException()
    {
    }
}
