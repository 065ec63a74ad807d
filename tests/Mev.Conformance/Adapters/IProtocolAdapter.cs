using Mev.Conformance.Reports;
using Mev.Conformance.Vectors;

namespace Mev.Conformance.Adapters;

/// <summary>Runs the vectors of one protocol.</summary>
internal interface IProtocolAdapter
{
    /// <summary>The protocol's name in the vectors.</summary>
    string Protocol { get; }

    /// <summary>Runs one vector from its untouched state and compares every result that it lists.</summary>
    void Check(PoolStateRecord state, SwapVector vector, VectorCheck check);
}
