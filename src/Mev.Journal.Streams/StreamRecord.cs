namespace Mev.Journal.Streams;

/// <summary>An event in the log, in Orleans' own format, which names its type by alias.</summary>
[GenerateSerializer, Immutable, Alias("mev.stream-record")]
internal sealed record StreamRecord([property: Id(0)] StreamId Stream, [property: Id(1)] object Event);
