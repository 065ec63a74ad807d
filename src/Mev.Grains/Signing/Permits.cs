using Mev.Control.Records;
using Mev.Domain.Limits;
using Mev.Domain.Signing;

namespace Mev.Grains.Signing;

/// <summary>
/// Permits to sign, granted inside the one process: each answer of the policy grain that nothing is stopped is one, for
/// that version of the policy and a few seconds. A silo that the grain does not answer has none soon after.
/// Real money is permitted nothing before two admins have begun the cluster.
/// </summary>
public sealed class Permits(TimeProvider time, SigningTerms terms, ControlLog log)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    private readonly long _startedAt = time.GetTimestamp();
    private SigningPermit? _current;

    /// <summary>Time since this process began, by a clock that nobody sets.</summary>
    public TimeSpan Uptime => time.GetElapsedTime(_startedAt);

    /// <summary>The permit held; null before the first.</summary>
    public SigningPermit? Current => Volatile.Read(ref _current);

    /// <summary>What is known at this moment of stop and permit.</summary>
    /// <param name="current">The policy in force.</param>
    public SigningStop Stop(Policy current) => new()
    {
        Epoch = current.Version,
        IsStopped = current.IsStopped,
        Permit = Current,
        Now = time.GetUtcNow(),
        Uptime = Uptime,
    };

    private bool IsSealed => terms.IsLive && !log.Current.IsBegun;

    /// <summary>Takes an answer of the policy grain.</summary>
    public void Grant(Policy policy) => Volatile.Write(ref _current, policy.IsStopped || IsSealed
        ? null
        : new SigningPermit(policy.Version, time.GetUtcNow() + Lifetime, Uptime + Lifetime));
}
