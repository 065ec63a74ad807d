namespace Mev.Adapters.Tests;

/// <summary>Tests that measure this machine: nothing else of the assembly runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredCollection
{
    public const string Name = "measured";
}
