using Mev.Domain.Chain;

namespace Mev.Journal.Stores;

/// <summary>How far a decision store holds a partition of the audit topic.</summary>
/// <param name="Next">Offset of the first record that it does not hold.</param>
/// <param name="LastLeaf">Leaf hash of the record in front of it; null while there is none.</param>
public readonly record struct StorePosition(long Next, Digest? LastLeaf);
