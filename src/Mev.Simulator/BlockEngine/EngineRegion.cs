namespace Mev.Simulator.BlockEngine;

/// <summary>One region of the engine: what it was sent and how it behaves.</summary>
internal sealed class EngineRegion(string name, int number)
{
    private volatile EngineSwitches _switches = new();

    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Its place among the regions.</summary>
    public int Number { get; } = number;

    /// <summary>How it misbehaves.</summary>
    public EngineSwitches Switches
    {
        get => _switches;
        set => _switches = value;
    }

    /// <summary>Bundles that wait for an auction, in the order of their arrival. Inside the chain's gate.</summary>
    public List<EngineBundle> Waiting { get; } = [];
}
