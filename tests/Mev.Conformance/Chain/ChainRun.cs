using Mev.Conformance.Reports;
using Mev.Conformance.Vectors;

namespace Mev.Conformance.Chain;

/// <summary>Compares what is written for the chain: instructions, transactions and their parts.</summary>
internal static class ChainRun
{
    /// <summary>The reports of whatever vectors lie under a folder; none of a kind that has no vectors there.</summary>
    public static IEnumerable<ProtocolReport> Over(string folder)
    {
        ProtocolReport[] reports = [Instructions(folder), Landed(folder), Primitives(folder), Transactions(folder)];
        return reports.Where(report => report.VectorsCount > 0);
    }

    private static ProtocolReport Instructions(string folder)
    {
        var report = new ProtocolReport("instructions");
        foreach (var set in VectorSet.In(folder).Where(set => set.Name != TransactionVectors.SetName))
            InstructionVectors.Run(set, report);
        return report;
    }

    private static ProtocolReport Landed(string folder)
    {
        var report = new ProtocolReport("landed");
        foreach (var path in Directory.EnumerateFiles(folder, LandedVectors.FilePattern, SearchOption.AllDirectories))
            LandedVectors.Run(path, report);
        return report;
    }

    private static ProtocolReport Primitives(string folder)
    {
        var report = new ProtocolReport("primitives");
        foreach (var path in Directory.EnumerateFiles(folder, PrimitiveVectors.FileName, SearchOption.AllDirectories))
            PrimitiveVectors.Run(path, report);
        return report;
    }

    private static ProtocolReport Transactions(string folder)
    {
        var report = new ProtocolReport("transactions");
        foreach (var set in VectorSet.In(folder).Where(set => set.Name == TransactionVectors.SetName))
            TransactionVectors.Run(set.VectorsPath, report);
        return report;
    }
}
