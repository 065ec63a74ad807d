using System.Collections.Immutable;

namespace Mev.Domain.Signing;

/// <summary>Signed bytes, or why there are none.</summary>
public sealed record SigningAnswer
{
    /// <summary>
    /// The transactions as they are sent, in order, foreign ones unchanged; empty when it is refused.
    /// </summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Transactions { get; init; } = [];

    /// <summary>Why nothing is signed; none when it is.</summary>
    public SigningRefusal? Refusal { get; init; }
}
