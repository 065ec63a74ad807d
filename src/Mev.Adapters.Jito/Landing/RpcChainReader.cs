using Mev.Adapters.Solana.Rpc;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Domain.Chain;

namespace Mev.Adapters.Jito.Landing;

/// <summary>Asks a node.</summary>
internal sealed class RpcChainReader(RpcClient rpc) : IChainReader
{
    /// <inheritdoc/>
    public Task<ulong> FinalizedHeight(CancellationToken cancellationToken) =>
        rpc.GetBlockHeight(RpcCommitment.Finalized, cancellationToken);

    /// <inheritdoc/>
    public Task<SignatureStatuses> Statuses(
        IReadOnlyCollection<TransactionSignature> signatures, CancellationToken cancellationToken) =>
        rpc.GetSignatureStatuses(signatures, cancellationToken);

    /// <inheritdoc/>
    public Task<SignatureStatuses> OldStatuses(
        IReadOnlyCollection<TransactionSignature> signatures, CancellationToken cancellationToken) =>
        rpc.FindSignatureStatuses(signatures, cancellationToken);

    /// <inheritdoc/>
    public Task<ObservedTransaction?> Find(TransactionSignature signature, CancellationToken cancellationToken) =>
        rpc.GetTransaction(signature, cancellationToken);
}
