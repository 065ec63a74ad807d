namespace Mev.Journal.Stores;

/// <summary>The decision store cannot be written or read. Decisions go on without it; the journal has them.</summary>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>For serialisers.</summary>
    public StoreUnavailableException()
    {
    }

    /// <summary>With a message that names the store and the remedy.</summary>
    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>With the message and the cause.</summary>
    public StoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
