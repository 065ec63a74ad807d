namespace Mev.Domain.Wallets;

/// <summary>A node did not answer: nothing is known, least of all that something is not there.</summary>
public sealed class WalletReadException : Exception
{
    /// <summary>Without a reason.</summary>
    public WalletReadException()
    {
    }

    /// <summary>For people: what was asked and why there is no answer.</summary>
    public WalletReadException(string message)
        : base(message)
    {
    }

    /// <summary>The same, with what caused it.</summary>
    public WalletReadException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
