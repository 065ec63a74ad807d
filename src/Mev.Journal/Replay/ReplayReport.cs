using Mev.Domain.Chain;

namespace Mev.Journal.Replay;

/// <summary>What came of replaying one decision record.</summary>
public sealed record ReplayReport
{
    /// <summary>How it compares.</summary>
    public required ReplayVerdict Verdict { get; init; }

    /// <summary>SHA-256 of the recorded core's bytes; null when the record could not be read that far.</summary>
    public Digest? DecisionHash { get; init; }

    /// <summary>
    /// The first field that differs, as a path of the core: <c>hops[1].amount_out</c>; empty otherwise.
    /// </summary>
    public string Field { get; init; } = "";

    /// <summary>The field as recorded; empty otherwise.</summary>
    public string Recorded { get; init; } = "";

    /// <summary>The field as it came out; empty otherwise.</summary>
    public string Recomputed { get; init; } = "";

    /// <summary>One sentence for people that names the thing.</summary>
    public required string Text { get; init; }

    /// <summary>Nothing differs.</summary>
    public bool IsEqual => Verdict is ReplayVerdict.Equal or ReplayVerdict.EqualWithoutSizing;
}
