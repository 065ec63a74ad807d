using Mev.Domain.Bundles;

namespace Mev.Journal.Audit;

/// <summary>The outcome in whose place a correction stands.</summary>
/// <param name="Offset">Where its record stands, in the partition of its intent.</param>
/// <param name="Outcome">What it said.</param>
/// <param name="HasTaught">It, or one before it, was evidence that the posterior learnt from.</param>
public readonly record struct EarlierOutcome(long Offset, BundleOutcome Outcome, bool HasTaught);
