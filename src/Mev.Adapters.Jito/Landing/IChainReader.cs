using Mev.Adapters.Solana.Rpc;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Domain.Chain;

namespace Mev.Adapters.Jito.Landing;

/// <summary>What the chain is asked about bundles.</summary>
internal interface IChainReader
{
    /// <summary>Height of the newest block that cannot be undone.</summary>
    /// <exception cref="RpcRequestException">There is no answer.</exception>
    Task<ulong> FinalizedHeight(CancellationToken cancellationToken);

    /// <summary>What became of recent transactions, in the order asked; null for one that is not there.</summary>
    /// <exception cref="RpcRequestException">There is no answer.</exception>
    Task<SignatureStatuses> Statuses(
        IReadOnlyCollection<TransactionSignature> signatures, CancellationToken cancellationToken);

    /// <summary>The same of old ones, which a node looks for on disk.</summary>
    /// <exception cref="RpcRequestException">There is no answer.</exception>
    Task<SignatureStatuses> OldStatuses(
        IReadOnlyCollection<TransactionSignature> signatures, CancellationToken cancellationToken);

    /// <summary>A confirmed transaction with what it changed; null for one that the node does not know.</summary>
    /// <exception cref="RpcRequestException">There is no answer.</exception>
    Task<ObservedTransaction?> Find(TransactionSignature signature, CancellationToken cancellationToken);
}
