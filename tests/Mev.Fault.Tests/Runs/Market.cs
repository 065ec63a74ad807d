using System.Collections.Immutable;
using System.Globalization;
using Mev.Domain.Learning;

namespace Mev.Fault.Tests.Runs;

/// <summary>What is run: a finite feed, shards and strategies, as settings of the host.</summary>
internal sealed record Market
{
    /// <summary>A small generated market with many chances and short landings.</summary>
    public static Market Generated { get; } = new()
    {
        Settings = ImmutableDictionary<string, string>.Empty
            .Add("Feed:Source", "Generator").Add("Generator:Seed", "7").Add("Generator:Pools", "40")
            .Add("Generator:Mints", "10").Add("Generator:Transactions", "600")
            .Add("Generator:SwapMedian", "0.0004").Add("Generator:ReversionBand", "0.006"),
    };

    /// <summary>The same, conflating at a pace at which decisions follow.</summary>
    public static Market Conflating { get; } = Generated.With("Pump:Pace", "Conflate")
        .With("Fault:BatchDelay", "00:00:00.001").With("Pump:WaitSlotsMax", 150); // a slot of it is 4 ms

    /// <summary>Strategy ids, ascending.</summary>
    public ImmutableArray<string> Strategies { get; init; } = ["arb-1"];

    /// <summary>Journal partitions that the strategies spread over.</summary>
    public int Partitions { get; init; } = 1;

    /// <summary>The strategies' sampler.</summary>
    public SamplerKind Sampler { get; init; } = SamplerKind.BetaThompson;

    /// <summary>Everything else.</summary>
    public required ImmutableDictionary<string, string> Settings { get; init; }

    /// <summary>The recorded day.</summary>
    public static Market Recorded(string path) => new()
    {
        Settings = ImmutableDictionary<string, string>.Empty
            .Add("Feed:Source", "Recording").Add("Feed:RecordingPath", path),
    };

    public Market With(string key, object value) => this with
    {
        Settings = Settings.SetItem(key, Convert.ToString(value, CultureInfo.InvariantCulture)!),
    };

    public Market WithStrategies(params ReadOnlySpan<string> ids) => this with { Strategies = [.. ids] };

    /// <summary>As command-line arguments.</summary>
    public IEnumerable<string> Arguments()
    {
        foreach (var (key, value) in Settings) yield return $"--{key}={value}";
        for (var i = 0; i < Strategies.Length; i++)
        {
            yield return $"--Trading:Strategies:{i}:Id={Strategies[i]}";
            yield return $"--Trading:Strategies:{i}:Sampler={Sampler}";
        }
        yield return $"--Trading:StrategyPartitions={Partitions}";
    }
}
