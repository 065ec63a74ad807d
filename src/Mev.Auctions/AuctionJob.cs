using Mev.Domain.Auctions;

namespace Mev.Auctions;

/// <summary>One contender in one seed's market.</summary>
/// <param name="Market">Name of the market, by which results are compared.</param>
/// <param name="Contender">Who bids.</param>
/// <param name="Seed">Of the market's chances and rivals.</param>
/// <param name="Horizon">Opportunities.</param>
/// <param name="Terms">Of the market.</param>
public sealed record AuctionJob(string Market, Contender Contender, ulong Seed, int Horizon, AuctionTerms Terms);
