using Mev.Domain.Auctions;

namespace Mev.Cli.Auctions;

/// <summary>One contender in one seed's market.</summary>
internal sealed record AuctionJob(string Market, Contender Contender, ulong Seed, int Horizon, AuctionTerms Terms);
