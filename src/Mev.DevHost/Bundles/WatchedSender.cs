using System.Threading.Channels;
using Mev.Adapters.Jito;
using Mev.Adapters.Jito.Landing;
using Mev.Domain.Bundles;

namespace Mev.DevHost.Bundles;

/// <summary>The block engine's sender, of which <see cref="SubmittedCycles"/> hears what it is given.</summary>
internal sealed class WatchedSender(JitoSender sender, SubmittedCycles cycles) : IBundleSender
{
    public string Description => sender.Description;

    public ChannelReader<BundleOutcome> Outcomes => sender.Outcomes;

    public ValueTask Submit(BundleSubmission submission, CancellationToken cancellationToken = default)
    {
        cycles.Add(submission); // before the bytes leave: they may land before this returns
        return sender.Submit(submission, cancellationToken);
    }
}
