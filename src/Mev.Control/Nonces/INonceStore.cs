using Mev.Control.Signatures;

namespace Mev.Control.Nonces;

/// <summary>
/// Nonces that were taken, until their commands are over. Each answer tells in the same step which store it is, so that
/// one that forgot is noticed before it is believed.
/// </summary>
public interface INonceStore
{
    /// <summary>Which store it is: another text once it may have forgotten.</summary>
    /// <exception cref="NonceStoreException">It does not answer.</exception>
    ValueTask<string> Identity(CancellationToken cancellationToken = default);

    /// <summary>Takes a nonce of a key, durably.</summary>
    /// <param name="key">The key that signed.</param>
    /// <param name="nonce">22 characters.</param>
    /// <param name="expires">Last second of its command; it is kept a little longer, Unix seconds.</param>
    /// <param name="now">Unix seconds.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NonceStoreException">It does not answer.</exception>
    ValueTask<NonceClaim> Claim(
        KeyId key, string nonce, long expires, long now, CancellationToken cancellationToken = default);
}
