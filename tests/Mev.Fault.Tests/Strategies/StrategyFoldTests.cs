using Mev.Domain.Learning;

namespace Mev.Fault.Tests.Strategies;

/// <summary>The fold of a strategy that counts its arms.</summary>
public sealed class StrategyFoldTests() : StrategyFoldContract(SamplerKind.BetaThompson);
