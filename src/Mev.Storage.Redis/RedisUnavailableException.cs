namespace Mev.Storage.Redis;

/// <summary>Redis does not answer, or is another's. The message names the address and the remedy.</summary>
public sealed class RedisUnavailableException : Exception
{
    /// <summary>For serialisers.</summary>
    public RedisUnavailableException()
    {
    }

    /// <summary>With a message that names address and remedy.</summary>
    public RedisUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>The same with the client's own exception.</summary>
    public RedisUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
