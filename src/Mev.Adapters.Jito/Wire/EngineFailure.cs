namespace Mev.Adapters.Jito.Wire;

/// <summary>A request without a result.</summary>
/// <param name="Kind">What kind of failure it is.</param>
/// <param name="Text">What the engine said, cut to a bound; for people.</param>
/// <param name="RetryAfter">How long it asks to wait; null when it did not say.</param>
public sealed record EngineFailure(EngineFailureKind Kind, string Text, TimeSpan? RetryAfter = null)
{
    /// <summary>It refused the key that went with it, which is dropped: the same may go again without.</summary>
    public bool IsOfKey { get; init; }
}
