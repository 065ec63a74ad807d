using Mev.Domain.Feed;
using Mev.Domain.Limits;

namespace Mev.Grains.Bundles;

/// <summary>What bundles of this silo met that should not be, since it began (docs/input.md, docs/limits.md).</summary>
internal sealed class BundleCounts
{
    private long _repeated;
    private long _unexpected;
    private long _leftOut;
    private long _failures;

    /// <summary>An outcome that says what is journalled already.</summary>
    public void Repeated() => Interlocked.Increment(ref _repeated);

    /// <summary>An outcome of an opportunity without an intent.</summary>
    public void Unexpected() => Interlocked.Increment(ref _unexpected);

    /// <summary>A correction beyond <see cref="BundleOutcomes.CorrectionsMax"/>.</summary>
    public void LeftOut() => Interlocked.Increment(ref _leftOut);

    /// <summary>A sender that failed over the bytes it was given.</summary>
    public void HandOverFailed() => Interlocked.Increment(ref _failures);

    /// <summary>The counts as of now.</summary>
    public IEnumerable<InputCount> Input() =>
    [
        new("bundles.outcomes-repeated", Interlocked.Read(ref _repeated)),
        new("bundles.outcomes-unexpected", Interlocked.Read(ref _unexpected)),
        new("bundles.hand-overs-failed", Interlocked.Read(ref _failures)),
    ];

    /// <summary>The bounded place with its count as of now.</summary>
    public LimitCount Limit() => new(
        "bundles.corrections", BundleOutcomes.CorrectionsMax, AtLimit.LeaveOut, Interlocked.Read(ref _leftOut));
}
