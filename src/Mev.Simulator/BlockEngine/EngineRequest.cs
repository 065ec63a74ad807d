namespace Mev.Simulator.BlockEngine;

/// <summary>Who asks, and where.</summary>
/// <param name="Region">The region.</param>
/// <param name="Source">Whose rate limit counts.</param>
/// <param name="IsBundleOnly">A single transaction is to be a bundle.</param>
internal readonly record struct EngineRequest(EngineRegion Region, string Source, bool IsBundleOnly);
