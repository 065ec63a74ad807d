namespace Mev.Domain.Bundles;

/// <summary>
/// Tells how far bundles came since the process began, in a copy that nobody changes. Called from any thread.
/// </summary>
public delegate LandingFunnel FunnelSource();
