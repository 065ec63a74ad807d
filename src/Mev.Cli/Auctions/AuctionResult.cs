using Mev.Domain.Auctions;

namespace Mev.Cli.Auctions;

/// <summary>What a job came to.</summary>
internal sealed record AuctionResult(AuctionJob Job, IReadOnlyList<AuctionTally> Blocks, LandingCalibration Calibration)
{
    public AuctionTally Total { get; } = Blocks.Aggregate(AuctionTally.Empty, (sum, block) => sum + block);

    /// <summary>The blocks from the middle on.</summary>
    public AuctionTally SecondHalf { get; } =
        Blocks.Skip(Blocks.Count / 2).Aggregate(AuctionTally.Empty, (sum, block) => sum + block);

    public AuctionTally FirstBlock => Blocks[0];
}
