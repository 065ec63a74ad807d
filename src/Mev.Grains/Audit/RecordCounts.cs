using Mev.Domain.Feed;

namespace Mev.Grains.Audit;

/// <summary>Journal records that a strategy or wallet cannot read and goes on without (docs/input.md).</summary>
internal sealed class RecordCounts
{
    private long _passedOver;

    /// <summary>One was passed over.</summary>
    public void PassedOver() => Interlocked.Increment(ref _passedOver);

    /// <summary>The count as of now.</summary>
    public InputCount Input() => new("journal.records-passed-over", Interlocked.Read(ref _passedOver));
}
