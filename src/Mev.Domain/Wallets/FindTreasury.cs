using Mev.Domain.Chain;

namespace Mev.Domain.Wallets;

/// <summary>
/// Asks the chain for a transaction of the treasury: whether it is there and, of one that is final, what it did. Final
/// without a landing means that nobody can tell what it did any more.
/// </summary>
/// <exception cref="WalletReadException">There is no answer.</exception>
public delegate Task<(SignaturePresence Presence, TreasuryLanding? Landing)> FindTreasury(
    TransactionSignature signature, CancellationToken cancellationToken);
