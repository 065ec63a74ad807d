using Mev.Domain.Learning;

namespace Mev.Journal.Stores.Rows;

/// <summary>A belief in whole, at the first decision that was made with it.</summary>
/// <param name="Strategy">Whose.</param>
/// <param name="Offset">Place of the decision in the partition.</param>
/// <param name="Id">The belief, by content, lower hex.</param>
/// <param name="Kind">Which sampler.</param>
/// <param name="Bytes">Its canonical bytes.</param>
public sealed record BeliefRow(
    string Strategy, long Offset, string Id, SamplerKind Kind, ReadOnlyMemory<byte> Bytes);
