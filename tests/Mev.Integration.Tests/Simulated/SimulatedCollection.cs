namespace Mev.Integration.Tests.Simulated;

/// <summary>One simulated chain at a time: each keeps a machine busy by itself.</summary>
[CollectionDefinition(Name)]
public sealed class SimulatedCollection
{
    public const string Name = "simulated";
}
