using System.Collections.Immutable;
using Mev.Adapters.Jito.Landing;
using Mev.Adapters.Solana.Rpc;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Domain.Chain;

namespace Mev.Adapters.Tests.Jito;

/// <summary>A chain that answers what the test says.</summary>
internal sealed class ScriptedChain : IChainReader
{
    public ulong Height { get; set; }

    public SignatureStatus? Status { get; set; }

    public Task<ulong> FinalizedHeight(CancellationToken cancellationToken) => Task.FromResult(Height);

    public Task<ImmutableArray<SignatureStatus?>> Statuses(
        IReadOnlyCollection<TransactionSignature> signatures, CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<SignatureStatus?>>([.. signatures.Select(_ => Status)]);

    public SignatureStatus? Old { get; set; }

    public Task<ImmutableArray<SignatureStatus?>> OldStatuses(
        IReadOnlyCollection<TransactionSignature> signatures, CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<SignatureStatus?>>([.. signatures.Select(_ => Old ?? Status)]);

    public ObservedTransaction? Transaction { get; set; }

    public Task<ObservedTransaction?> Find(TransactionSignature signature, CancellationToken cancellationToken) =>
        Task.FromResult(Transaction);
}
