namespace Mev.Streaming.Clients;

/// <summary>A stream that will not go on by trying again; the message says why.</summary>
public sealed class StreamEndedException : Exception
{
    /// <summary>With the reason.</summary>
    public StreamEndedException(string message)
        : base(message)
    {
    }

    /// <summary>With the reason and what caused it.</summary>
    public StreamEndedException(string message, Exception cause)
        : base(message, cause)
    {
    }

    /// <summary>Without a reason.</summary>
    public StreamEndedException()
    {
    }
}
