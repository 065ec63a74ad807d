using Mev.Domain.Auctions;

namespace Mev.Auctions;

/// <summary>What a job came to.</summary>
/// <param name="Job">The job.</param>
/// <param name="Blocks">Its tallies, of <see cref="AuctionRun.BlockLength"/> opportunities each.</param>
/// <param name="Calibration">How its probabilities of landing came true; without rows where it says none.</param>
public sealed record AuctionResult(AuctionJob Job, IReadOnlyList<AuctionTally> Blocks, LandingCalibration Calibration)
{
    /// <summary>Over all blocks.</summary>
    public AuctionTally Total { get; } = Blocks.Aggregate(AuctionTally.Empty, (sum, block) => sum + block);

    /// <summary>The blocks from the middle on.</summary>
    public AuctionTally SecondHalf { get; } =
        Blocks.Skip(Blocks.Count / 2).Aggregate(AuctionTally.Empty, (sum, block) => sum + block);

    /// <summary>The first block.</summary>
    public AuctionTally FirstBlock => Blocks[0];
}
