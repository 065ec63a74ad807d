namespace Mev.Adapters.Tests.Streams;

/// <summary>Keyed by the stream that it follows.</summary>
[Alias("mev.tests.note"), GrainInterfaceType("mev.tests.note")]
public interface INoteGrain : IGrainWithStringKey;
