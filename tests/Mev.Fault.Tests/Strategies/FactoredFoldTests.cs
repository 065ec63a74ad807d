using Mev.Domain.Learning;

namespace Mev.Fault.Tests.Strategies;

/// <summary>The fold of a strategy with a factored posterior.</summary>
public sealed class FactoredFoldTests() : StrategyFoldContract(SamplerKind.FactoredFloor);
