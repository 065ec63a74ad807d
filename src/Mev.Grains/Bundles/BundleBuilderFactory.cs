using Mev.Domain.Bundles;
using Mev.Domain.Decisions;

namespace Mev.Grains.Bundles;

/// <summary>Makes the message builder of a strategy for the host's execution mode.</summary>
public delegate IBundleBuilder BundleBuilderFactory(StrategyParameters parameters);
