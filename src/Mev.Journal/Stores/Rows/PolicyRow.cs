using System.Collections.Immutable;
using Mev.Domain.Limits;

namespace Mev.Journal.Stores.Rows;

/// <summary>A policy put in force, a stop or a resume, as columns.</summary>
/// <param name="Offset">Place of its record in the partition.</param>
/// <param name="RecordedNs">When the record was made, nanoseconds since 1970.</param>
/// <param name="Name">Which policy.</param>
/// <param name="Version">Its version.</param>
/// <param name="Hash">Its hash, lower hex.</param>
/// <param name="Reason">Why.</param>
/// <param name="Policy">What it says; null when its bytes are none of a known format.</param>
/// <param name="QuarantinedPools">Pools that no cycle may use, base58.</param>
public sealed record PolicyRow(
    long Offset, long RecordedNs, string Name, ulong Version, string Hash, string Reason, Policy? Policy,
    ImmutableArray<string> QuarantinedPools);
