using System.Threading.Channels;
using Mev.Domain.Bundles;

namespace Mev.Fault.Tests.Limits;

/// <summary>Takes everything and observes nothing.</summary>
internal sealed class NowhereSender : IBundleSender
{
    private readonly Channel<BundleOutcome> _outcomes = Channel.CreateUnbounded<BundleOutcome>();

    public string Description => "nowhere";

    public ChannelReader<BundleOutcome> Outcomes => _outcomes.Reader;

    public ValueTask Submit(BundleSubmission submission, CancellationToken cancellationToken = default) =>
        ValueTask.CompletedTask;
}
