using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Domain.Signing;

/// <summary>What a durable intent says of its bundle; read back from the journal, never from the strategy.</summary>
public sealed record SigningIntent
{
    /// <summary>SHA-256 of every message that may be signed for it.</summary>
    public required ImmutableArray<Digest> Messages { get; init; }

    /// <summary>SHA-256 of the foreign transaction's bytes as observed; none for a bundle of our own alone.</summary>
    public Digest? Foreign { get; init; }

    /// <summary>What the decision expected after fixed fees and before the tip, lamports.</summary>
    public required Lamports ProfitExpected { get; init; }

    /// <summary>What has to remain of each own transaction after tip and fee, lamports, not negative.</summary>
    public required Lamports ProfitMin { get; init; }
}
