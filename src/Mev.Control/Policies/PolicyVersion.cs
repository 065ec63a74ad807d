using Mev.Domain.Limits;

namespace Mev.Control.Policies;

/// <summary>A version of the policy as the log put it in force.</summary>
/// <param name="Policy">What it says.</param>
/// <param name="Reason">Who and why: of a signed command those who were permitted, else as its record says.</param>
/// <param name="CommandId">The signed command behind it; null where the platform acted by itself.</param>
/// <param name="RecordedMs">When its record was made, Unix milliseconds.</param>
public sealed record PolicyVersion(Policy Policy, string Reason, Guid? CommandId, long RecordedMs);
