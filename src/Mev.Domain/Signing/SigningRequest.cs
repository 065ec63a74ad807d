using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Domain.Signing;

/// <summary>A bundle to be signed, with all that the rules ask about it, as values of one moment.</summary>
public sealed record SigningRequest
{
    /// <summary>The transactions, in the order in which they are to land.</summary>
    public required ImmutableArray<BundlePart> Parts { get; init; }

    /// <summary>Lookup tables that their messages use, as they are usable now.</summary>
    public required ImmutableArray<LookupTable> Tables { get; init; }

    /// <summary>What the durable intent says.</summary>
    public required SigningIntent Intent { get; init; }

    /// <summary>What operators allow.</summary>
    public required SigningPolicy Policy { get; init; }

    /// <summary>The platform's wallets.</summary>
    public required SigningWallets Wallets { get; init; }

    /// <summary>What the strategy may spend.</summary>
    public required SigningLease Lease { get; init; }

    /// <summary>Whether anything may leave at all.</summary>
    public required SigningStop Stop { get; init; }

    /// <summary>Which chain it is.</summary>
    public required SigningNetwork Network { get; init; }

    /// <summary>What was traded lately.</summary>
    public required SigningHistory History { get; init; }
}
