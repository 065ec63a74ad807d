using System.Collections.Concurrent;
using Mev.Fault.Tests.Evidence;

namespace Mev.Fault.Tests.Runs;

/// <summary>Uninterrupted runs, each made once.</summary>
internal static class WholeRun
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<(RunEvidence, TimeSpan)>>> Runs = new();

    /// <summary>The evidence of an uninterrupted run of this market, and how long it took.</summary>
    public static Task<(RunEvidence Evidence, TimeSpan Duration)> Of(Market market) => Runs.GetOrAdd(
        string.Join(' ', market.Arguments().Order(StringComparer.Ordinal)),
        _ => new Lazy<Task<(RunEvidence, TimeSpan)>>(() => Make(market))).Value;

    /// <summary>Runs the market to its end in a folder and reads what it left.</summary>
    public static async Task<RunEvidence> In(RunFolder folder, Market market, params IEnumerable<string> more)
    {
        using var process = FaultProcess.Start(folder, market, more);
        Assert.True(await process.End() == 0, process.Output);
        Assert.Contains("complete ", process.Output, StringComparison.Ordinal);
        return await RunEvidence.Read(folder, market);
    }

    private static async Task<(RunEvidence, TimeSpan)> Make(Market market)
    {
        using var folder = new RunFolder();
        var started = TimeProvider.System.GetTimestamp();
        var evidence = await In(folder, market);
        return (evidence, TimeProvider.System.GetElapsedTime(started));
    }
}
