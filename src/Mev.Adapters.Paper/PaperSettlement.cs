using Mev.Domain.Bundles;

namespace Mev.Adapters.Paper;

/// <summary>An order and what became of it, as the journal holds them.</summary>
/// <param name="Order">The order, decoded from the intent's message.</param>
/// <param name="Outcome">Its outcome record.</param>
public sealed record PaperSettlement(PaperOrder Order, BundleOutcome Outcome);
