namespace Mev.Simulator.BlockEngine;

/// <summary>
/// The chance that a forwarded bundle lands, by the compute units that its simulation used: the published land rates
/// of 12 hours in April 2024 (jito-solana, pull request 609), and between two rows the lower.
/// </summary>
internal static class LandingLaw
{
    /// <summary>The chance, from 0 to 1.</summary>
    public static double Chance(ulong computeUnits, double shift)
    {
        var published = computeUnits switch
        {
            < 50_000 => 0.86,
            < 100_000 => 0.81,
            < 200_000 => 0.70,
            _ => 0.49,
        };
        return Math.Clamp(published + shift, 0, 1);
    }
}
