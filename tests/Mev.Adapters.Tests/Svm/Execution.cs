using Mev.Domain.Chain;

namespace Mev.Adapters.Tests.Svm;

/// <summary>What the runtime did with a transaction.</summary>
/// <param name="Error">Why it failed; empty when it did not.</param>
/// <param name="Units">Compute units used.</param>
/// <param name="Fee">What the payer was charged.</param>
public sealed record Execution(string Error, ulong Units, Lamports Fee);
