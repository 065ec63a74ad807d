using Mev.Domain.Learning;
using Mev.Domain.Models;

namespace Mev.Training.Tests;

/// <summary>Evidence of simulated auctions with assumed rivals.</summary>
internal static class AuctionRows
{
    /// <summary>
    /// What the product's sampler heard in one seed's market, but every winner is seen and bids by a step that no
    /// regression on the features has: twice as much for large opportunities of the slot's last third.
    /// </summary>
    public static IReadOnlyList<TrainingRow> WithStep(ulong seed, int opportunities) =>
    [
        .. MarketRows.Of(seed, opportunities).Select(row =>
        {
            var isStep = row.SlotPosition > 0.66 && row.Event.Context.Features.Size > 0.0;
            var share = FactoredArms.All[row.Event.Arm].TipBasisPoints / 10_000.0;
            var noise = 0.02 * (row.Event.AtMs % 7 - 3);
            var best = (isStep ? 0.8 : 0.4) + noise;
            var isWon = share > best;
            return row with
            {
                Event = row.Event with
                {
                    Kind = isWon ? LearningEventKind.Landed : LearningEventKind.Outbid,
                    WinnerFraction = isWon ? null : best,
                    LnValueRatio = null,
                },
            };
        }),
    ];
}
