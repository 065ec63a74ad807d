using Mev.Domain.Bundles;
using Mev.Domain.Decisions;

namespace Mev.Grains.Bundles;

/// <summary>Message builders by strategy.</summary>
public sealed class BundleBuilders(BundleBuilderFactory make)
{
    /// <summary>The strategy's builder.</summary>
    public IBundleBuilder For(StrategyParameters parameters) => make(parameters);
}
