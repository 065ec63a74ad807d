namespace Mev.Domain.Bundles;

/// <summary>What a message depends on beside the opportunity, as a batch found it.</summary>
/// <param name="Terms">What changes seldom.</param>
/// <param name="Moment">What changes with the chain.</param>
public sealed record BundleContext(BundleTerms Terms, ChainMoment Moment);
