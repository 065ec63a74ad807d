using Mev.Conformance.Chain;
using Mev.Conformance.Reports;
using Mev.Conformance.Vectors;

namespace Mev.Conformance;

/// <summary>
/// The command: compares the quotes with every vector under a folder, and what is written for the chain with the
/// recorded bytes, and prints how many of each kind agree.
/// </summary>
public static class ConformanceCommand
{
    /// <summary>Every vector of a known protocol agrees.</summary>
    public const int Agrees = 0;

    /// <summary>At least one does not.</summary>
    public const int Differs = 1;

    /// <summary>There was nothing to compare, or the arguments are not understood.</summary>
    public const int Unusable = 2;

    private const string Usage = "usage: Mev.Conformance --data FOLDER [--json]";

    /// <summary>Runs the command and returns its exit code.</summary>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors)
    {
        if (!TryRead(arguments, out var folder, out var isJson))
        {
            errors.WriteLine(Usage);
            return Unusable;
        }
        if (!Directory.Exists(folder))
        {
            errors.WriteLine($"conformance: no folder {folder} (set MEV_CONFORMANCE_DATA or --data)");
            return Unusable;
        }
        var quotes = ConformanceRun.Over(VectorSet.In(folder).Where(set => set.Name != TransactionVectors.SetName));
        var report = quotes with { Protocols = [.. quotes.Protocols, .. ChainRun.Over(folder)] };
        if (report.VectorsCount == 0)
        {
            errors.WriteLine($"conformance: no vectors of a known protocol under {folder}: "
                + $"files named X{VectorSet.VectorsSuffix} beside X{VectorSet.AccountsSuffix} are looked for");
            return Unusable;
        }
        output.Write(isJson ? ReportJson.Of(report) : ReportTable.Of(report));
        return report.MismatchedCount == 0 ? Agrees : Differs;
    }

    private static bool TryRead(IReadOnlyList<string> arguments, out string folder, out bool isJson)
    {
        folder = Environment.GetEnvironmentVariable("MEV_CONFORMANCE_DATA") ?? "";
        isJson = false;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == "--json") isJson = true;
            else if (arguments[i] == "--data" && i + 1 < arguments.Count) folder = arguments[++i];
            else return false;
        }
        return folder.Length > 0;
    }
}
