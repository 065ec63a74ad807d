namespace Mev.Domain.Signing;

/// <summary>
/// Holds keys and signs what the rules allow, and nothing else, whoever asks. The same request gets the same bytes.
/// </summary>
public interface ITransactionSigner
{
    /// <summary>
    /// Signs every own transaction of the bundle, or none. A refusal is told to <paramref name="refused"/>, so that it
    /// is recorded, before it is answered.
    /// </summary>
    SigningAnswer Sign(SigningRequest request, Action<SigningRefusal> refused);

    /// <summary>
    /// Signs a message of the treasury, by rules of its own: no cycle passes these, and nothing that passes these is a
    /// cycle. Refusals are told as above.
    /// </summary>
    SigningAnswer SignTreasury(TreasuryRequest request, Action<SigningRefusal> refused);
}
