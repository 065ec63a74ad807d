namespace Mev.Simulator.BlockEngine;

/// <summary>What the engine's random numbers are for. They belong to a key of the engine's own.</summary>
internal static class EnginePurposes
{
    /// <summary>Whether and where a leader is connected; the sequence is of its address.</summary>
    public const uint Leader = 1;

    /// <summary>Whether a forwarded bundle lands; the sequence is its number.</summary>
    public const uint Landing = 2;

    /// <summary>How many rivals see a chance, how fast and how generous; the sequence is the chance's number.</summary>
    public const uint Rivals = 3;

    /// <summary>When in its tick a trade was, and which tip accounts rivals pay; the same sequence.</summary>
    public const uint Ways = 5;

    /// <summary>Tips of bundles that have nothing to do with the pools; the sequence is the minute.</summary>
    public const uint TipFloor = 4;
}
