using Mev.Domain.Decisions;

namespace Mev.Grains.Strategies;

/// <summary>
/// Makes decision ids: UUIDv7, so that an index on them is appended in order. The one place where the host makes an id;
/// the record carries it as an input.
/// </summary>
public sealed class DecisionIds(TimeProvider time)
{
    /// <summary>The next id.</summary>
    public DecisionId Next() => new(Guid.CreateVersion7(time.GetUtcNow()));
}
