namespace Mev.Conformance.Reports;

/// <summary>The outcome over all vectors.</summary>
/// <param name="Protocols">Those with an adapter, by name.</param>
/// <param name="Unknown">Vectors of protocols without one, by name.</param>
public sealed record ConformanceReport(
    IReadOnlyList<ProtocolReport> Protocols, IReadOnlyDictionary<string, int> Unknown)
{
    /// <summary>Vectors that were run.</summary>
    public int VectorsCount => Protocols.Sum(protocol => protocol.VectorsCount);

    /// <summary>Vectors that differ.</summary>
    public int MismatchedCount => Protocols.Sum(protocol => protocol.MismatchedCount);
}
