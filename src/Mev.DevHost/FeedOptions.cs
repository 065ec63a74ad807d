using System.ComponentModel.DataAnnotations;

namespace Mev.DevHost;

/// <summary>Section <c>Feed</c>: where the market comes from.</summary>
public sealed class FeedOptions
{
    /// <summary>
    /// Auto (the recording where its files exist, else the generator), Recording, Generator, Snapshot (a market at one
    /// slot), Day (the orders of a day, executed here) or Yellowstone (a node's account stream). Default Auto.
    /// </summary>
    [AllowedValues(
        FeedSource.Auto, FeedSource.Recording, FeedSource.Generator, FeedSource.Snapshot, FeedSource.Day,
        FeedSource.Yellowstone)]
    public FeedSource Source { get; init; } = FeedSource.Auto;

    /// <summary>
    /// The recording: a compact one, a replay file or a folder with one; for Snapshot a .csv.gz file, for Day the file
    /// of its blocks or a folder with one; from the folder in which the host is started. Default
    /// ../shared/data/solana/traffic.
    /// </summary>
    [Required]
    public string RecordingPath { get; init; } = "../shared/data/solana/traffic";

    /// <summary>
    /// A new file into which the feed is recorded while it is read, each batch with its time; what is decided is
    /// decided again by --recording FILE. Where bundles are signed it needs Pump:Pace LockStep. Default none.
    /// </summary>
    [NewRecording]
    public string RecordTo { get; init; } = "";

    /// <summary>Times real time at which a recording is read; 0 is as fast as possible. Default 0.</summary>
    [FeedSpeed]
    public double RecordingSpeed { get; init; }
}
