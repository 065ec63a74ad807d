using System.Collections.Immutable;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;

namespace Mev.Domain.Limits;

/// <summary>
/// Cycles that fail again and again for the same reason, and for one that no rival explains: chances that are none,
/// since what is known of their pools is not what their programs do. After the third failure in a row a cycle is left
/// alone for some minutes; then it is tried once more. A cycle goes by its hash (<see cref="Cycles.CycleHash"/>).
/// </summary>
public sealed class FailureMemory
{
    /// <summary>Equal failures in a row after which a cycle is still tried.</summary>
    public const int EqualMax = 2;

    /// <summary>Slots for which a cycle is left alone, some ten minutes.</summary>
    public const int QuarantineSlots = 1_500;

    /// <summary>Cycles remembered; beyond, the one that failed longest ago is forgotten.</summary>
    public const int CyclesMax = 1_024;

    private readonly Dictionary<Digest, CycleFailures> _cycles = [];

    /// <summary>A memory without any failure.</summary>
    public FailureMemory()
    {
    }

    /// <summary>A memory as it stood.</summary>
    public FailureMemory(ImmutableArray<CycleFailures> cycles)
    {
        foreach (var failures in cycles.AsSpan()) _cycles[failures.Cycle] = failures;
    }

    /// <summary>No cycle has failed.</summary>
    public bool IsEmpty => _cycles.Count == 0;

    /// <summary>
    /// Equal failures in a row that count in a slot: above <see cref="EqualMax"/> while the cycle is left alone.
    /// </summary>
    public int EqualIn(Digest cycle, Slot slot)
    {
        if (!_cycles.TryGetValue(cycle, out var failures)) return 0;
        return slot > failures.LastIn.Plus(QuarantineSlots) ? Math.Min(failures.Count, EqualMax) : failures.Count;
    }

    /// <summary>What became of a bundle of the cycle, told in a slot; a landing makes all forgotten.</summary>
    public void Take(Digest cycle, BundleOutcomeKind kind, OutcomeCause cause, Slot slot)
    {
        if (kind == BundleOutcomeKind.Landed) _cycles.Remove(cycle);
        // Only what a fault of ours explains: to be late or outbid says nothing against a chance.
        if (cause is not (OutcomeCause.Bug or OutcomeCause.FailedOnChain)) return;
        var before = _cycles.GetValueOrDefault(cycle);
        var count = before.Cause == cause ? before.Count + 1 : 1;
        _cycles[cycle] = new CycleFailures(cycle, cause, Math.Min(count, EqualMax + 1), slot);
        if (_cycles.Count <= CyclesMax) return;
        _cycles.Remove(_cycles.Values.MinBy(failures => (failures.LastIn, failures.Cycle)).Cycle);
    }

    /// <summary>The memory as it stands, ascending by cycle.</summary>
    public ImmutableArray<CycleFailures> Snapshot() => [.. _cycles.Values.OrderBy(failures => failures.Cycle)];
}
