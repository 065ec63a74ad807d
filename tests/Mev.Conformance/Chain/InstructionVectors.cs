using System.Globalization;
using System.Text.Json;
using Mev.Conformance.Reports;
using Mev.Conformance.Vectors;
using Mev.Domain.Chain;

namespace Mev.Conformance.Chain;

/// <summary>Every swap vector that has the bytes of its instruction: the same are made for its amounts.</summary>
internal static class InstructionVectors
{
    private const string Data = "ixData";

    public static void Run(VectorSet set, ProtocolReport report)
    {
        var token2022 = StatesWithToken2022(set);
        foreach (var (number, line) in File.ReadLines(set.VectorsPath).Index())
        {
            if (!line.Contains($"\"{Data}\"", StringComparison.Ordinal)) continue;
            var place = $"{set.Name} line {number + 1}";
            if (!ConformanceRun.Knows(VectorLine.Read(line, set.Name, place).Protocol)) continue; // told once, by name
            ChainJson.Run(report, place, check => Compare(line, token2022, check));
        }
    }

    private static void Compare(string line, HashSet<string> token2022, VectorCheck check)
    {
        using var json = JsonDocument.Parse(line);
        var vector = json.RootElement;
        var isToken2022 = vector.TryGetProperty("state", out var state) && token2022.Contains(state.ToString());
        var swap = new SampleSwap(
            ChainJson.Key(vector, "pool"),
            ulong.Parse(ChainJson.Text(vector, "amount"), CultureInfo.InvariantCulture),
            !vector.TryGetProperty("exactIn", out var exactIn) || exactIn.GetBoolean(),
            vector.TryGetProperty("aToB", out var aToB) && aToB.GetBoolean(),
            vector.TryGetProperty("sqrtPriceLimit", out var limit)
                ? UInt128.Parse(limit.ToString(), CultureInfo.InvariantCulture)
                : 0,
            isToken2022);
        var protocol = ChainJson.Text(vector, "protocol");
        var made = swap.Of(protocol);
        check.Equal(Data, ChainJson.Text(vector, Data), Convert.ToBase64String(made.Data.Span));
    }

    private static HashSet<string> StatesWithToken2022(VectorSet set)
    {
        var program = $"\"{Programs.Token2022}\"";
        if (!File.Exists(set.AccountsPath)) return [];
        var states = new HashSet<string>();
        foreach (var line in File.ReadLines(set.AccountsPath))
        {
            if (!line.Contains(program, StringComparison.Ordinal)) continue;
            using var json = JsonDocument.Parse(line);
            states.Add(ChainJson.Text(json.RootElement, "state"));
        }
        return states;
    }
}
