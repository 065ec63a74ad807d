using System.Collections.Concurrent;
using System.Threading.Channels;
using Mev.Domain.Bundles;

namespace Mev.Grains.Tests;

/// <summary>Keeps what it is handed and observes only what a test tells it.</summary>
public sealed class RecordingSender : IBundleSender
{
    private readonly Channel<BundleOutcome> _outcomes = Channel.CreateUnbounded<BundleOutcome>();

    public string Description => "recorder";

    public ConcurrentQueue<BundleSubmission> Submissions { get; } = new();

    public ChannelReader<BundleOutcome> Outcomes => _outcomes.Reader;

    public void Tell(BundleOutcome outcome) => _outcomes.Writer.TryWrite(outcome);

    public ValueTask Submit(BundleSubmission submission, CancellationToken cancellationToken = default)
    {
        Submissions.Enqueue(submission);
        return ValueTask.CompletedTask;
    }
}
