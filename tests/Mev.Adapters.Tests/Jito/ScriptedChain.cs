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

    /// <summary>As of which the node answers.</summary>
    public Slot Slot { get; set; } = new(100);

    /// <summary>Thrown instead of any answer; null for none.</summary>
    public Exception? Fault { get; set; }

    public Task<ulong> FinalizedHeight(CancellationToken cancellationToken) =>
        Fault is null ? Task.FromResult(Height) : Task.FromException<ulong>(Fault);

    public Task<SignatureStatuses> Statuses(
        IReadOnlyCollection<TransactionSignature> signatures, CancellationToken cancellationToken) =>
        Task.FromResult(new SignatureStatuses(Slot, [.. signatures.Select(_ => Status)]));

    public SignatureStatus? Old { get; set; }

    public Task<SignatureStatuses> OldStatuses(
        IReadOnlyCollection<TransactionSignature> signatures, CancellationToken cancellationToken) =>
        Task.FromResult(new SignatureStatuses(Slot, [.. signatures.Select(_ => Old ?? Status)]));

    public ObservedTransaction? Transaction { get; set; }

    /// <summary>What is thrown of one transaction; null for none.</summary>
    public (TransactionSignature Signature, Exception Failure)? NotFound { get; set; }

    public Task<ObservedTransaction?> Find(TransactionSignature signature, CancellationToken cancellationToken) =>
        NotFound is { } odd && odd.Signature == signature
            ? Task.FromException<ObservedTransaction?>(odd.Failure)
            : Task.FromResult(Transaction);
}
