namespace Mev.Domain.Auctions;

/// <summary>
/// Settles one bid; <see cref="AuctionOutcome.Of"/> in process, an engine behind its protocol elsewhere.
/// </summary>
/// <param name="chance">What is bid for.</param>
/// <param name="price">What the rivals make of it without us.</param>
/// <param name="bid">Our bid.</param>
public delegate AuctionOutcome SettleAuction(ContestedChance chance, AuctionPrice price, AuctionBid bid);
