using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Domain.Wallets;

/// <summary>Asks a node what the platform's wallets have and whether their transactions are on the chain.</summary>
public interface IWalletReader
{
    /// <summary>The hash of the chain's first block, which tells one network from another.</summary>
    /// <exception cref="WalletReadException">There is no answer.</exception>
    Task<Blockhash> ReadGenesis(CancellationToken cancellationToken = default);

    /// <summary>The newest confirmed blockhash, and how far the chain is final.</summary>
    /// <exception cref="WalletReadException">There is no answer.</exception>
    Task<ChainHead> ReadHead(CancellationToken cancellationToken = default);

    /// <summary>What a wallet has, with the lookup tables and nonce accounts that are named.</summary>
    /// <param name="wallet">The wallet.</param>
    /// <param name="tables">Lookup tables; one that is not usable is left out of the answer.</param>
    /// <param name="nonces">Nonce accounts; one that is none is left out.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="WalletReadException">There is no answer.</exception>
    Task<WalletState> ReadWallet(
        Pubkey wallet, IReadOnlyCollection<Pubkey> tables, IReadOnlyCollection<Pubkey> nonces,
        CancellationToken cancellationToken = default);

    /// <summary>Where transactions stand, in the order asked, the history included.</summary>
    /// <exception cref="WalletReadException">There is no answer.</exception>
    Task<ImmutableArray<SignaturePresence>> Find(
        IReadOnlyCollection<TransactionSignature> signatures, CancellationToken cancellationToken = default);
}
