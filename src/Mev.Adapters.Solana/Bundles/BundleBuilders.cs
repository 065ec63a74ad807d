using Mev.Domain.Bundles;
using Mev.Domain.Decisions;

namespace Mev.Adapters.Solana.Bundles;

/// <summary>Which builder made the message of a recorded decision: what replay builds with.</summary>
public static class BundleBuilders
{
    /// <summary>Transactions where something was to be signed, paper orders elsewhere.</summary>
    public static IBundleBuilder For(DecisionInputs inputs) =>
        inputs.IsSigned ? new CycleBuilder(inputs.Parameters) : new PaperOrderBuilder(inputs.Parameters);
}
