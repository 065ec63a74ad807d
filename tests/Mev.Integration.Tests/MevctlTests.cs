using System.Text.Json;

namespace Mev.Integration.Tests;

/// <summary>The command line against a running host: what it prints and how it ends.</summary>
[Collection(RunningHostCollection.Name)]
public sealed class MevctlTests(RunningHost running)
{
    private HostProcess Host => running.Host;

    [Theory]
    [InlineData("paper, no rivals", "overview")]
    [InlineData(" unknown, ", "overview")]
    [InlineData("pools <pool?> ", "--help")]
    [InlineData("strategies <strategy?> ", "--help")]
    [InlineData("replay <decision?> ", "--help")]
    [InlineData("why <decision> ", "--help")]
    [InlineData("Submit", "decisions", "tail", "--action", "submit", "--limit", "3")]
    [InlineData("quotable", "pools")]
    [InlineData("arb-1", "strategies")]
    [InlineData("outcomes", "strategies", "arb-1")]
    [InlineData("outcomes", "strategies", "show", "arb-1")]
    public async Task A_command_prints_and_ends_well(string expected, params string[] arguments)
    {
        var finished = await Host.Mevctl(arguments);
        Assert.Equal(0, finished.Code);
        Assert.Contains(expected, finished.Output);
        Assert.Empty(finished.Errors);
    }

    [Fact]
    public async Task Why_tells_every_part_of_a_submit()
    {
        var finished = await Host.Mevctl("why", await Newest("submit"));
        Assert.Equal(0, finished.Code);
        Assert.All(
            ["Steps", "Opportunity", "Inputs", "Limits", "Draws", "chosen", "Message", "Outcome", "MinimumProfit"],
            part => Assert.Contains(part, finished.Output));
    }

    [Fact]
    public async Task Why_names_the_candidates_of_a_submit_and_from_which_slot_on_it_executes()
    {
        var id = await Newest("submit");
        var decision = await Host.Get($"/v1/decisions/{id}");
        var best = decision.GetProperty("drain").GetProperty("best").EnumerateArray().ToList();
        var lines = (await Host.Mevctl("why", id)).Output.Split('\n');

        Assert.NotEmpty(best);
        Assert.All(best, candidate => Assert.Contains(lines, line =>
            line.Contains(candidate.GetProperty("cycle").GetString()!, StringComparison.Ordinal)
            && line.Contains(candidate.GetProperty("verdict").GetString()!, StringComparison.Ordinal)));
        var own = decision.GetProperty("opportunity").GetProperty("cycle").GetString()!;
        Assert.Contains(lines, line => line.Contains(own, StringComparison.Ordinal) && line.Contains("this one"));
        var landsIn = decision.GetProperty("message").GetProperty("paperOrder").GetProperty("landsIn").GetString()!;
        Assert.Contains(lines, line => line.Contains($"the first slot that the feed has from {landsIn} on"));
        Assert.Contains("names none", (await Host.Mevctl("why", await Newest("skip"))).Output);
    }

    [Fact]
    public async Task Replay_says_equal_for_every_decision_of_the_run()
    {
        var total = (await Host.Get("/v1/overview")).GetProperty("decisions").GetProperty("total").GetInt64();
        var finished = await Host.Mevctl("replay", "--all");
        Assert.Equal(0, finished.Code);
        Assert.StartsWith($"{total} replayed:", finished.Output);
        Assert.Contains(" equal", finished.Output);
        var json = JsonDocument.Parse((await Host.Mevctl("replay", "--all", "--json")).Output).RootElement;
        Assert.Equal(total, json.EnumerateObject().Sum(verdict => verdict.Value.GetInt64()));
        Assert.True(json.GetProperty("Equal").GetInt64() > 0);
    }

    /// <summary>Piped, as here, where nothing else is seen before the end.</summary>
    [Fact]
    public async Task A_long_replay_tells_how_far_it_is_and_asks_for_several_records_at_a_time()
    {
        using var gateway = new SlowGateway(24, TimeSpan.FromSeconds(1));
        var finished = await Programs.Run(
            Programs.PathOf("Mev.Cli", "mevctl"), AppContext.BaseDirectory, "replay", "--all", "--url", gateway.Url);
        Assert.True(finished.Code == 6, finished.All);
        Assert.StartsWith("1@0: the record is damaged", finished.Output);
        Assert.Contains("24 replayed: 24 DAMAGED", finished.Output);
        var told = finished.Errors.TrimEnd().Split('\n');
        Assert.Equal("mevctl: 0 of 24 decisions looked at", told[0]);
        Assert.InRange(told.Length, 2, 24); // every two seconds, of three at least
        Assert.InRange(gateway.InFlightMost, 2, 8);
    }

    [Fact]
    public async Task Replay_of_one_says_its_hash_and_of_a_skip_what_is_not_replayed()
    {
        var submit = await Host.Mevctl("replay", await Newest("submit"));
        Assert.Equal(0, submit.Code);
        Assert.StartsWith("Equal. Decision hash ", submit.Output);
        var skip = await Host.Mevctl("replay", await Newest("skip"));
        Assert.Equal(0, skip.Code);
        Assert.Contains("sizing is not replayed", skip.Output);
    }

    [Fact]
    public async Task A_range_of_slots_replays_that_range()
    {
        var page = await Host.Get("/v1/decisions?limit=500");
        var slots = page.GetProperty("decisions").EnumerateArray()
            .Select(line => line.GetProperty("slot").GetString()).ToList();
        var expected = slots.Count(slot => slot == slots[0]);
        var finished = await Host.Mevctl("replay", "--from", slots[0]!, "--to", slots[0]!);
        Assert.Equal(0, finished.Code);
        Assert.StartsWith($"{expected} replayed:", finished.Output);
    }

    [Theory]
    [InlineData(2, "--help", "overviev")]
    [InlineData(2, "--from", "replay")]
    [InlineData(2, "mevctl: --from 'x' is not a slot, a whole number\n", "replay", "--from", "x")]
    [InlineData(2, "mevctl: --to '-1' is not a slot, a whole number\n", "replay", "--to=-1")]
    [InlineData(2, "mevctl: --limit 'many' is not a whole number from 1 to 500\n", "decisions", "tail", "-n", "many")]
    [InlineData(2, "mevctl: --limit '501' is not a whole number from 1 to 500\n", "decisions", "tail", "-n", "501")]
    [InlineData(2, "mevctl: --from 5 is after --to 3", "replay", "--from", "5", "--to", "3")]
    [InlineData(2, "'xyz'", "why", "xyz")]
    [InlineData(1, "019ab3c0-5d1e-7000-8000-000000000000", "replay", "019ab3c0-5d1e-7000-8000-000000000000")]
    [InlineData(1, "arb-1", "strategies", "arb-9")]
    [InlineData(1, "arb-1", "strategies", "show", "arb-9")]
    [InlineData(1, "--Execution:Mode Simulated", "funnel")]
    public async Task A_bad_command_ends_with_its_code_and_names_the_thing(
        int code, string named, params string[] arguments)
    {
        var finished = await Host.Mevctl(arguments);
        Assert.Equal(code, finished.Code);
        Assert.Contains(named, finished.Errors);
    }

    [Fact]
    public async Task A_host_that_does_not_run_is_unavailable_and_how_to_start_it_is_said()
    {
        var nobody = $"http://127.0.0.1:{Programs.FreePorts(1)[0]}";
        var finished = await Programs.Run(
            Programs.PathOf("Mev.Cli", "mevctl"), AppContext.BaseDirectory, "overview", "--url", nobody);
        Assert.Equal(5, finished.Code);
        Assert.Contains(nobody, finished.Errors);
        Assert.Contains("make run", finished.Errors);
    }

    private async Task<string> Newest(string action)
    {
        var page = await Host.Get($"/v1/decisions?limit=1&action={action}");
        return page.GetProperty("decisions")[0].GetProperty("id").GetString()!;
    }
}
