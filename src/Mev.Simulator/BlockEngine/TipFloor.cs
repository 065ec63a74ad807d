using System.Text.Json.Nodes;
using Mev.Adapters.Paper.Generation;
using Mev.Domain.Bundles;
using Mev.Domain.Learning;
using Mev.Simulator.Chain;

namespace Mev.Simulator.BlockEngine;

/// <summary>
/// The tips that landed lately, as the engine publishes them: those of bundles that have nothing to do with the pools,
/// by the mixture that reproduces the published quantiles, drawn anew in every minute of the chain.
/// </summary>
internal sealed class TipFloor(SimulatedChain chain, GeneratedFeedOptions market)
{
    private const int Draws = 1_000;
    private const long SecondsPerMinute = 60;
    private const double Smoothing = 0.2;
    private const int Minutes = 10; // the average is over these

    private static readonly int[] Percentiles = [25, 50, 75, 95, 99];

    private readonly RandomKey _key = RandomKey.Of("block-engine", market.Seed);

    /// <summary>The published array of one entry; amounts in SOL.</summary>
    public string Json
    {
        get
        {
            long time;
            lock (chain.Gate) time = chain.Clock.UnixTime;
            var minute = time / SecondsPerMinute;
            var average = (double)Quantile(Tips(minute - Minutes), 0.5);
            for (var ago = Minutes - 1; ago >= 0; ago--)
                average += Smoothing * (Quantile(Tips(minute - ago), 0.5) - average);
            var tips = Tips(minute);
            var entry = new JsonObject
            {
                ["time"] = DateTimeOffset.FromUnixTimeSeconds(time).UtcDateTime,
            };
            foreach (var percentile in Percentiles)
                entry[$"landed_tips_{percentile}th_percentile"] = Sol(Quantile(tips, percentile / 100.0));
            entry["ema_landed_tips_50th_percentile"] = Sol(average);
            return new JsonArray(entry).ToJsonString();
        }
    }

    private long[] Tips(long minute)
    {
        var tips = new long[Draws];
        for (var i = 0; i < Draws; i++)
        {
            var stream = new DrawStream(_key, unchecked(((ulong)minute << 16) + (ulong)i));
            tips[i] = TipFloorMixture.September2024.Draw(stream).Value;
        }
        Array.Sort(tips);
        return tips;
    }

    private static long Quantile(long[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];

    private static double Sol(double lamports) => lamports / 1e9;
}
