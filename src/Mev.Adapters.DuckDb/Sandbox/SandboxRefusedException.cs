namespace Mev.Adapters.DuckDb.Sandbox;

/// <summary>A question was refused, or met one of its bounds; the message says which and what to do.</summary>
public sealed class SandboxRefusedException : Exception
{
    /// <summary>For serialisers.</summary>
    public SandboxRefusedException()
    {
    }

    /// <summary>With the message.</summary>
    public SandboxRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>With the message and the cause.</summary>
    public SandboxRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
