namespace Mev.Simulator.Rivals;

/// <summary>Who goes for a chance, with how much and how fast.</summary>
internal interface IRivalLaw
{
    /// <summary>Chances below it interest nobody.</summary>
    Domain.Chain.Lamports ValueMin { get; }

    /// <summary>The bids on a chance, by its number among those that were seen.</summary>
    IEnumerable<RivalBid> Bids(Chance chance, ulong number);
}
