using Mev.Adapters.Solana.Rpc;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;

namespace Mev.Adapters.Jito.Landing;

/// <summary>
/// Asks the chain again and again what became of the bundles that it has not decided. A node that does not answer is
/// missing evidence.
/// </summary>
internal sealed class ChainWatch(
    JitoOptions options, LandingTracker tracker, IChainReader chain, TimeProvider time, SubmittedCycles? cycles = null)
{
    private const int UnseenPerLook = 8; // a gap of the stream is made up for little by little

    /// <summary>Looks for as long as it may.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.WatchInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                await Look(cancellationToken).ConfigureAwait(false);
            }
            catch (RpcRequestException)
            {
                // the next look asks again; the client counts its retries
            }
            tracker.Settle();
        }
    }

    /// <summary>One look at all bundles.</summary>
    /// <exception cref="RpcRequestException">The node did not answer.</exception>
    public async Task Look(CancellationToken cancellationToken)
    {
        var open = tracker.Open();
        if (open.Count == 0) return;
        // before the statuses: what is not there afterwards was not there when the chain had passed this height
        var height = await chain.FinalizedHeight(cancellationToken).ConfigureAwait(false);
        // a node remembers as long as a blockhash lives: an absence that is to count is looked for in the history
        var isOver = open.ToLookup(bundle => height > bundle.Submission.LastValidBlockHeight);
        await Look([.. isOver[false]], chain.Statuses, height, cancellationToken).ConfigureAwait(false);
        await Look([.. isOver[true]], chain.OldStatuses, height, cancellationToken).ConfigureAwait(false);
        if (cycles is not null) await LookFor(cycles, cancellationToken).ConfigureAwait(false);
    }

    private async Task Look(
        SignedBundle[] bundles,
        Func<IReadOnlyCollection<TransactionSignature>, CancellationToken, Task<SignatureStatuses>> ask,
        ulong height, CancellationToken cancellationToken)
    {
        foreach (var part in bundles.Chunk(RpcClient.SignaturesPerRequest))
        {
            var atMs = time.GetUtcNow().ToUnixTimeMilliseconds();
            var statuses = await ask([.. part.Select(bundle => bundle.Signature)], cancellationToken)
                .ConfigureAwait(false);
            foreach (var (bundle, status) in part.Zip(statuses.All))
                tracker.Observe(bundle.Submission.Opportunity, EvidenceOf(bundle, status, height, statuses.Slot, atMs));
        }
    }

    /// <summary>What a bundle changed that the stream did not show is asked of the node.</summary>
    private async Task LookFor(SubmittedCycles seen, CancellationToken cancellationToken)
    {
        foreach (var bundle in tracker.Unseen(UnseenPerLook))
        {
            if (await Find(bundle.Signature, cancellationToken).ConfigureAwait(false) is { } transaction)
                seen.Observe(transaction);
            else tracker.NotFound(bundle.Submission.Opportunity);
        }
    }

    /// <summary>One of no form that can be read is not found, and the others are asked for all the same.</summary>
    private async Task<ObservedTransaction?> Find(TransactionSignature signature, CancellationToken cancellationToken)
    {
        try
        {
            return await chain.Find(signature, cancellationToken).ConfigureAwait(false);
        }
        catch (RpcRequestException e) when (e.Failure is RpcFailure.Malformed or RpcFailure.TooLarge)
        {
            return null;
        }
    }

    private static LandingEvidence EvidenceOf(
        SignedBundle bundle, SignatureStatus? status, ulong height, Slot asOf, long atMs) =>
        status is null
            ? new LandingEvidence
            {
                Kind = LandingEvidenceKind.OffChain,
                AtMs = atMs,
                Slot = asOf,
                IsPastExpiry = height > bundle.Submission.LastValidBlockHeight,
            }
            : new LandingEvidence
            {
                Kind = LandingEvidenceKind.OnChain,
                AtMs = atMs,
                Slot = status.Slot,
                Depth = status.Commitment,
                IsFailed = status.IsFailed,
            };
}
