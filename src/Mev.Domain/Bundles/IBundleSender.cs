using System.Threading.Channels;

namespace Mev.Domain.Bundles;

/// <summary>
/// Hands bundles to a counterparty (block engine, paper market) and tells what it observed of them. Accepted is not
/// landed. The same submission twice has the effect of one.
/// </summary>
public interface IBundleSender
{
    /// <summary>What it is, for people: "paper", "jito frankfurt".</summary>
    string Description { get; }

    /// <summary>Submits; returns once the bytes were handed over.</summary>
    ValueTask Submit(BundleSubmission submission, CancellationToken cancellationToken = default);

    /// <summary>
    /// Observed outcomes in the order of observation; unbounded only by the number of open submissions.
    /// </summary>
    ChannelReader<BundleOutcome> Outcomes { get; }
}
