using DuckDB.NET.Data;
using Mev.Domain.Learning;

namespace Mev.Adapters.DuckDb.Queries;

/// <summary>Reads what a decision knew of its market, as the store has it.</summary>
internal static class StoredFeatures
{
    private const int BinMask = 3; // bins are 0 to 3

    /// <summary>The features of a column; none of a sampler that looks at none.</summary>
    public static FeatureVector Features(DuckDBDataReader row, int column)
    {
        var features = row.GetFieldValue<List<double>>(column);
        return features.Count == FeatureVector.Length
            ? new FeatureVector(features[1], features[2], features[3], features[4], features[5], features[6])
            : default;
    }

    /// <summary>The survival bin of a column; 0 where there is none.</summary>
    public static byte SurvivalBin(DuckDBDataReader row, int column) =>
        row.IsDBNull(column) ? (byte)0 : (byte)(row.GetInt32(column) & BinMask);
}
