using Mev.Domain.Learning;

namespace Mev.Journal.Stores.Queries;

/// <summary>A belief as the store holds it.</summary>
/// <param name="Kind">Which sampler.</param>
/// <param name="Bytes">Its canonical bytes.</param>
public sealed record RecordedBelief(SamplerKind Kind, ReadOnlyMemory<byte> Bytes);
