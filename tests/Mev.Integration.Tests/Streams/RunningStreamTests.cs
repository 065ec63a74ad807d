using System.Text.Json;
using Mev.Contracts.V1.Streams;
using Mev.Streaming.Clients;

namespace Mev.Integration.Tests.Streams;

/// <summary>The channels of a running host say what its other endpoints say.</summary>
[Collection(RunningHostCollection.Name)]
public sealed class RunningStreamTests(RunningHost running)
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(30);

    private HostProcess Host => running.Host;

    [Fact]
    public async Task Decisions_are_those_of_the_journal()
    {
        var total = (await Host.Get("/v1/overview")).GetProperty("decisions").GetProperty("total").GetInt32();
        var finished = await Host.Mevctl("tail", "decisions/1", "--from", "0", "-n", $"{total}", "--json");
        Assert.Equal(0, finished.Code);
        var lines = finished.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(total, lines.Count);
        var newest = (await Host.Get("/v1/decisions?limit=1")).GetProperty("decisions")[0];
        Assert.Equal(newest.GetProperty("offset").GetInt64(), long.Parse(lines[^1].GetProperty("seq").GetString()!));
        Assert.Equal(
            newest.GetProperty("strategy").GetString(),
            lines[^1].GetProperty("value").GetProperty("strategy").GetString());
        Assert.Equal(
            newest.GetProperty("opportunity").GetString(),
            Convert.ToHexStringLower(
                Convert.FromBase64String(lines[^1].GetProperty("value").GetProperty("opportunityId").GetString()!)));
    }

    [Fact]
    public async Task Strategies_and_posteriors_are_told_by_their_grains()
    {
        var state = await State("strategies", _ => true);
        var strategy = StrategyState.Parser.ParseFrom(Assert.Single(state.Values).Value.Span);
        var decisions = (await Host.Get("/v1/overview")).GetProperty("decisions");
        Assert.Equal(decisions.GetProperty("submits").GetInt64(), (long)strategy.Submits);
        Assert.Equal(decisions.GetProperty("skips").GetInt64(), (long)strategy.Skips);
        var posterior = PosteriorState.Parser.ParseFrom(
            Assert.Single((await State("posteriors", _ => true)).Values).Value.Span);
        Assert.Equal("arb-1", posterior.Strategy);
        Assert.NotEmpty(posterior.Arms);
    }

    [Fact]
    public async Task Pools_are_those_that_cycles_use()
    {
        var pools = (await Host.Get("/v1/pools?limit=500")).GetProperty("pools").EnumerateArray().ToList();
        var state = await State("pools", followed => followed.Values.Count == pools.Count);
        var expected = pools.ToDictionary(
            pool => pool.GetProperty("id").GetString()!, pool => pool.GetProperty("slot").GetString());
        foreach (var value in state.Values.Values)
        {
            var pool = PoolState.Parser.ParseFrom(value.Span);
            var id = new Mev.Domain.Chain.Pubkey(pool.Pool.Span).ToString();
            Assert.Equal(expected[id], $"{pool.Slot}");
        }
    }

    [Fact]
    public async Task The_platform_says_how_it_is_and_an_alert_that_it_has_started()
    {
        var platform = PlatformState.Parser.ParseFrom(
            Assert.Single((await State("state", _ => true)).Values).Value.Span);
        Assert.False(platform.IsStale);
        Assert.True(platform.IsJournalAvailable);
        var limits = PolicyRecord.Parser.ParseFrom(
            Assert.Single((await State("limits", _ => true)).Values).Value.Span);
        Assert.Equal(64, limits.OpenSubmissionsMax);
        var finished = await Host.Mevctl("tail", "alerts", "--from", "0", "-n", "1", "--json");
        Assert.Contains("host_started", finished.Output, StringComparison.Ordinal);
        var unknown = await Host.Mevctl("tail", "nothing");
        Assert.Equal(2, unknown.Code);
        Assert.Contains("docs/streaming.md", unknown.Errors, StringComparison.Ordinal);
    }

    /// <summary>The state of a channel once it has something and the server's check of it agreed.</summary>
    private async Task<FollowedState> State(string channel, Func<FollowedState, bool> isEnough)
    {
        using var limit = new CancellationTokenSource(AnswerMax);
        var follower = new StreamFollower(channel);
        await foreach (var followed in new StreamClient(Host.Url, TimeProvider.System).Follow(follower, limit.Token))
        {
            Assert.True(followed.Step is FollowStep.Progress or FollowStep.Value or FollowStep.State, $"{followed}");
            if (followed.Message.Check is not null && follower.State.Values.Count > 0 && isEnough(follower.State))
                return follower.State;
        }
        throw new InvalidOperationException("the stream ended");
    }
}
