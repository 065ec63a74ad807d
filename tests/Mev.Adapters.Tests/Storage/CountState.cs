namespace Mev.Adapters.Tests.Storage;

/// <summary>A small state.</summary>
[GenerateSerializer, Alias("mev.test.count-state")]
public sealed record CountState
{
    [Id(0)] public long Count { get; init; }

    [Id(1)] public string Name { get; init; } = "initial";
}
