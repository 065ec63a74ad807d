using System.Collections.Concurrent;
using System.Threading.Channels;
using Mev.Domain.Bundles;

namespace Mev.Grains.Tests.Signing;

/// <summary>Fails every second hand-over, after it was given the bytes: nobody can tell whether they left.</summary>
internal sealed class CutOffSender : IBundleSender
{
    private readonly Channel<BundleOutcome> _outcomes = Channel.CreateUnbounded<BundleOutcome>();
    private int _count;

    public string Description => "cut off";

    public ConcurrentQueue<BundleSubmission> Given { get; } = new();

    public ConcurrentQueue<BundleSubmission> Taken { get; } = new();

    public ChannelReader<BundleOutcome> Outcomes => _outcomes.Reader;

    public ValueTask Submit(BundleSubmission submission, CancellationToken cancellationToken = default)
    {
        Given.Enqueue(submission);
        if (Interlocked.Increment(ref _count) % 2 == 1) throw new IOException("cut off");
        Taken.Enqueue(submission);
        return ValueTask.CompletedTask;
    }
}
