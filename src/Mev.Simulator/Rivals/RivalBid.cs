using Mev.Domain.Chain;

namespace Mev.Simulator.Rivals;

/// <summary>One rival's bid on a chance.</summary>
/// <param name="Rival">Which wallet.</param>
/// <param name="Tip">What it pays.</param>
/// <param name="DelayMs">From the trade that made the chance to the engine, milliseconds.</param>
internal readonly record struct RivalBid(int Rival, Lamports Tip, double DelayMs);
