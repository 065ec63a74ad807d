using Mev.Domain.Limits;

namespace Mev.Grains.Limits;

/// <summary>
/// This silo's copy of the policy, for turns that may not wait, and the gate that a stop closes: a bundle asks the
/// policy grain before it sends, and passes the gate when it does.
/// </summary>
public sealed class PolicyInForce
{
    private readonly Lock _gate = new();
    private Policy _current = new();

    /// <summary>The newest version that this silo heard of.</summary>
    public Policy Current => Volatile.Read(ref _current);

    /// <summary>
    /// Takes over a version unless a newer one is known. Once it has returned from a stop, no hand-over starts.
    /// </summary>
    public void Adopt(Policy policy)
    {
        lock (_gate)
        {
            if (policy.Version > Current.Version) Volatile.Write(ref _current, policy);
        }
    }

    /// <summary>Starts a hand-over; false, and nothing is started, when trading is stopped.</summary>
    /// <param name="handOver">Calls the sender; what it does before its first wait is done inside the gate.</param>
    /// <param name="started">Completes when the sender has the bytes.</param>
    public bool TryStart(Func<ValueTask> handOver, out ValueTask started)
    {
        lock (_gate)
        {
            started = Current.IsStopped ? default : handOver();
            return !Current.IsStopped;
        }
    }
}
