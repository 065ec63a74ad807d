namespace Mev.Domain.Feed;

/// <summary>A feed cannot go on: the message names the source, the place in it and the remedy.</summary>
public sealed class FeedException : Exception
{
    /// <summary>For serialisers.</summary>
    public FeedException()
    {
    }

    /// <summary>With a message for the operator.</summary>
    public FeedException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and the cause.</summary>
    public FeedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
