using System.Collections.Concurrent;
using System.Threading.Channels;
using Mev.Domain.Bundles;
using Mev.Domain.Opportunities;

namespace Mev.Grains.Tests.Signing;

/// <summary>Fails over each bundle so often, after it was given the bytes: nobody can tell whether they left.</summary>
internal sealed class CutOffSender(int failures = 1) : IBundleSender
{
    private readonly Channel<BundleOutcome> _outcomes = Channel.CreateUnbounded<BundleOutcome>();
    private readonly ConcurrentDictionary<OpportunityId, int> _given = [];

    public string Description => "cut off";

    public ConcurrentQueue<BundleSubmission> Given { get; } = new();

    public ConcurrentQueue<BundleSubmission> Taken { get; } = new();

    public ChannelReader<BundleOutcome> Outcomes => _outcomes.Reader;

    public ValueTask Submit(BundleSubmission submission, CancellationToken cancellationToken = default)
    {
        Given.Enqueue(submission);
        if (_given.AddOrUpdate(submission.Opportunity, 1, (_, before) => before + 1) <= failures)
            throw new IOException("cut off");
        Taken.Enqueue(submission);
        return ValueTask.CompletedTask;
    }
}
