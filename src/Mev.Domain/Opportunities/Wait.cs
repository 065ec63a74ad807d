using Orleans;

namespace Mev.Domain.Opportunities;

/// <summary>How long an opportunity waited between the drain that found it and its decision: an input.</summary>
/// <param name="Slots">Slots that the feed went on meanwhile.</param>
/// <param name="SlotsMax">With more it is not decided upon any more, but skipped.</param>
[GenerateSerializer, Immutable, Alias("mev.wait")]
public readonly record struct Wait([property: Id(0)] long Slots, [property: Id(1)] long SlotsMax)
{
    /// <summary>It waited too long.</summary>
    public bool IsOver => Slots > SlotsMax;
}
