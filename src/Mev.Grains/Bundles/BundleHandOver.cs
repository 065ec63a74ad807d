using System.Collections.Immutable;
using Mev.Domain.Bundles;
using Mev.Domain.Opportunities;
using Mev.Grains.Abstractions.Bundles;
using Mev.Grains.Limits;
using Mev.Journal.Audit;
using Microsoft.Extensions.Logging;

namespace Mev.Grains.Bundles;

/// <summary>
/// Hands one bundle to the sender, with a record of the attempt. From the first call of the sender on nobody can say
/// that nothing left. One that failed is tried again, with the same bytes, when somebody asks after a pause, and a few
/// times only: each leaves a record.
/// </summary>
internal sealed partial class BundleHandOver(
    AuditWriter audit, IBundleSender sender, PolicyInForce policy, BundleCounts counts, TimeProvider time,
    ILogger<BundleHandOver> logger)
{
    private const int FailuresMax = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250); // doubles with each failure

    private int _failures;
    private long _failedAt;

    /// <summary>The sender was called.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>The sender took the bytes.</summary>
    public bool IsDone { get; private set; }

    /// <summary>It failed, and is not tried again yet or any more.</summary>
    public bool Rests => _failures >= FailuresMax
        || (_failures > 0 && time.GetElapsedTime(_failedAt) < Pause * (1 << (_failures - 1)));

    /// <summary>Sent; Stopped, and nothing left; or InDoubt, when the sender failed.</summary>
    /// <param name="intent">What to send.</param>
    /// <param name="signed">Its bytes; none on paper.</param>
    /// <param name="isOfBefore">An earlier activation may have handed it over.</param>
    /// <exception cref="Journal.JournalUnavailableException">The attempt may not be journalled.</exception>
    public async ValueTask<SendVerdict> Start(
        BundleIntent intent, ImmutableArray<ReadOnlyMemory<byte>> signed, bool isOfBefore)
    {
        var mayHaveLeft = isOfBefore || HasBegun;
        var attempted = Task.FromResult(0L);
        var isHandedOver = false;
        if (!policy.TryStart(Submit, out var handedOver)) return SendVerdict.Stopped; // it came since it was asked
        try
        {
            await handedOver;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException) // each sender throws its own
        {
            HasFailed(intent, failure);
            await attempted;
            return SendVerdict.InDoubt;
        }
        try
        {
            await attempted;
        }
        catch (Exception failure) when (isHandedOver)
        {
            HasFailed(intent, failure); // sent without a record: not as often as somebody asks
            throw;
        }
        IsDone = true;
        return SendVerdict.Sent;

        async ValueTask Submit()
        {
            attempted = audit.Append(
                intent.At.Partition, [intent.Attempt(sender.Description, signed, time.UnixNs())]).AsTask();
            if (attempted.IsFaulted) return; // refused at once: no audit, no trade
            HasBegun = isHandedOver = true;
            await sender.Submit(intent.Submission(signed) with { MayHaveLeft = mayHaveLeft });
        }
    }

    private void HasFailed(BundleIntent intent, Exception failure)
    {
        (_failures, _failedAt) = (_failures + 1, time.GetTimestamp());
        counts.HandOverFailed();
        LogFailed(intent.Opportunity, failure, _failures, FailuresMax);
    }

    [LoggerMessage(1014, LogLevel.Error,
        "Bundle {Opportunity}: hand-over failed, and its bytes may have left ({Failures} of at most {Max})")]
    private partial void LogFailed(OpportunityId opportunity, Exception failure, int failures, int max);
}
