namespace Mev.Adapters.Jito.Wire;

/// <summary>The engine's answer to a transaction that it took as a bundle.</summary>
/// <param name="Signature">Its first signature, as base58.</param>
/// <param name="BundleId">The bundle's id, which comes in a header; empty where it did not.</param>
internal readonly record struct SentTransaction(string Signature, string BundleId);
