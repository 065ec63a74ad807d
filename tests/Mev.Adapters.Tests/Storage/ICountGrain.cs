namespace Mev.Adapters.Tests.Storage;

/// <summary>Counts; the key is any number.</summary>
[Alias("mev.test.count"), GrainInterfaceType("mev.test.count")]
public interface ICountGrain : IGrainWithIntegerKey
{
    [Alias("Add")]
    ValueTask<long> Add(long number);

    [Alias("Clear")]
    ValueTask Clear();

    [Alias("Count")]
    ValueTask<long> Count();
}
