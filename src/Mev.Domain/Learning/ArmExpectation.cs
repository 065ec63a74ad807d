namespace Mev.Domain.Learning;

/// <summary>What a belief expects of an arm by its means, without chance and without a bonus on landing.</summary>
/// <param name="Landing">Probability that a bid lands, 0 to 1.</param>
/// <param name="Profit">Profit after tip and route cost as a share of the estimated value.</param>
public readonly record struct ArmExpectation(double Landing, double Profit);
