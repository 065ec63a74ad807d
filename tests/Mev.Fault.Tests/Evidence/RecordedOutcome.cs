using Mev.Domain.Bundles;

namespace Mev.Fault.Tests.Evidence;

/// <summary>An outcome as the journal holds it.</summary>
internal sealed record RecordedOutcome(string Strategy, BundleOutcome Outcome);
