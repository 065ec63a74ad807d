namespace Mev.Journal.Streams;

/// <summary>An event of a stream and its offset in the partition.</summary>
[GenerateSerializer, Alias("mev.stream-event")]
internal sealed record StreamEvent([property: Id(0)] long Offset, [property: Id(1)] object Event);
