using Mev.Conformance.Adapters;
using Mev.Conformance.Reports;
using Mev.Conformance.Vectors;

namespace Mev.Conformance;

/// <summary>Runs every vector of the protocols that have an adapter and counts the others.</summary>
public static class ConformanceRun
{
    private static readonly IProtocolAdapter[] Adapters =
    [
        new WhirlpoolAdapter(), new RaydiumAmmV4Adapter(), new RaydiumCpmmAdapter(), new RaydiumClmmAdapter(),
        new MeteoraDlmmAdapter(), new OrcaTokenSwapAdapter(), new MeteoraDammV2Adapter(), new PumpSwapAdapter(),
    ];

    /// <summary>The report over all sets, in the order of their names.</summary>
    public static ConformanceReport Over(IEnumerable<VectorSet> sets)
    {
        var protocols = new SortedDictionary<string, ProtocolReport>(StringComparer.Ordinal);
        var unknown = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var set in sets)
        {
            var states = new Dictionary<string, PoolStateRecord>();
            var problem = set.ReadStates(states);
            foreach (var line in set.ReadVectors())
            {
                if (AdapterOf(line.Protocol) is not { } adapter)
                {
                    unknown[line.Protocol] = unknown.GetValueOrDefault(line.Protocol) + 1;
                    continue;
                }
                if (!protocols.TryGetValue(line.Protocol, out var report))
                    protocols.Add(line.Protocol, report = new ProtocolReport(line.Protocol));
                report.Add(Check(adapter, line, states, problem));
            }
        }
        return new ConformanceReport([.. protocols.Values], unknown);
    }

    /// <summary>Whether vectors of that protocol are run.</summary>
    public static bool Knows(string protocol) => AdapterOf(protocol) is not null;

    private static IProtocolAdapter? AdapterOf(string protocol) =>
        Array.Find(Adapters, candidate => candidate.Protocol == protocol);

    private static List<Mismatch> Check(
        IProtocolAdapter adapter, VectorLine line, Dictionary<string, PoolStateRecord> states, string problem)
    {
        var check = new VectorCheck(line.Id);
        if (line.Vector is not { } vector) check.Fail("line", "a swap vector", line.Problem);
        else if (states.TryGetValue(vector.State, out var state)) adapter.Check(state, vector, check);
        else check.Fail("state", vector.State, problem.Length > 0 ? problem : "not among the accounts");
        return check.Mismatches;
    }
}
