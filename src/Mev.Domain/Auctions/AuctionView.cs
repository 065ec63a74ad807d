namespace Mev.Domain.Auctions;

/// <summary>What a bidder is shown.</summary>
public readonly record struct AuctionView
{
    /// <summary>
    /// The opportunity. Bidders that claim to be possible use its seen values alone; oracles look at the hidden ones.
    /// </summary>
    public required ContestedChance Chance { get; init; }

    /// <summary>Moving average of winning fractions on the pool, as far as feedback has arrived.</summary>
    public required double PoolFraction { get; init; }

    /// <summary>The same over all pools.</summary>
    public required double MarketFraction { get; init; }

    /// <summary>The rivals; for oracles.</summary>
    public required RivalField Rivals { get; init; }

    /// <summary>The rivals' level; for oracles.</summary>
    public required double Level { get; init; }

    /// <summary>The market's terms; for oracles.</summary>
    public required AuctionTerms Terms { get; init; }
}
