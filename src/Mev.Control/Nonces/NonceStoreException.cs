namespace Mev.Control.Nonces;

/// <summary>The store of nonces does not answer: no command is taken.</summary>
public sealed class NonceStoreException : Exception
{
    /// <summary>For serialisers.</summary>
    public NonceStoreException()
    {
    }

    /// <summary>With a message that names the store and the remedy.</summary>
    public NonceStoreException(string message)
        : base(message)
    {
    }

    /// <summary>With the message and the cause.</summary>
    public NonceStoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
