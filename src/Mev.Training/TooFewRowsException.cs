namespace Mev.Training;

/// <summary>There is not enough evidence to train on: the message says how much, and how much is needed.</summary>
public sealed class TooFewRowsException : Exception
{
    /// <summary>For serialisers.</summary>
    public TooFewRowsException()
    {
    }

    /// <summary>With the message.</summary>
    public TooFewRowsException(string message)
        : base(message)
    {
    }

    /// <summary>With the message and the cause.</summary>
    public TooFewRowsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
