using System.Threading.Channels;
using Mev.Domain.Bundles;

namespace Mev.Fault.Tests.Limits;

/// <summary>Counts what reaches the counterparty.</summary>
internal sealed class CountingSender(IBundleSender inner) : IBundleSender
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public string Description => inner.Description;

    public ChannelReader<BundleOutcome> Outcomes => inner.Outcomes;

    public ValueTask Submit(BundleSubmission submission, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _count);
        return inner.Submit(submission, cancellationToken);
    }

    /// <summary>Waits until at least so many have come.</summary>
    public async Task Reaches(int count)
    {
        while (Count < count)
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
    }
}
