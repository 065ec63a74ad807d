using System.Net;
using System.Net.Sockets;
using Mev.Domain.Chain;
using Mev.Fixtures;

namespace Mev.Integration.Tests;

/// <summary>How the host starts, refuses and ends.</summary>
public sealed class HostTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("host-");

    [Theory]
    [InlineData("nearest is '--exit-at-end'", "--exit-at-ned")]
    [InlineData("nearest is 'Trading:Shards'", "--Trading:Shard", "2")]
    [InlineData("nearest is 'Generator:Seed'", "--Generator:Sed=3")]
    [InlineData("has no value", "--Trading:Shards")]
    [InlineData("'fast' is no option", "fast")]
    [InlineData("not loopback", "--Urls", "http://0.0.0.0:18099")]
    [InlineData("not loopback", "--Urls", "http://127.0.0.1:18099;http://*:18098")]
    [InlineData("not loopback", "--Kestrel:Endpoints:Other:Url", "http://192.0.2.1:18099")]
    [InlineData("Shards", "--Trading:Shards", "65")]
    public async Task A_wrong_option_stops_the_start_and_is_named(string said, params string[] arguments)
    {
        var finished = await Programs.Run(HostProcess.Program, _folder.FullName, arguments);
        Assert.Equal(2, finished.Code);
        Assert.Contains(said, finished.Errors);
    }

    [Fact]
    public async Task Help_and_print_config_end_without_running()
    {
        var help = await Programs.Run(HostProcess.Program, _folder.FullName, "--help");
        Assert.Equal(0, help.Code);
        Assert.Contains("--Trading:Shards [1]", help.Output);
        Assert.Contains("Market shards. Default 1.", help.Output);
        var print = await Programs.Run(
            HostProcess.Program, _folder.FullName, "--Trading:Shards", "2", "--print-config");
        Assert.Equal(0, print.Code);
        Assert.Matches(@"Trading:Shards +2\n", print.Output);
        Assert.Matches(@"Trading:HopsMax +3 +# default", print.Output);
    }

    [Theory]
    [InlineData(0, "Urls")]
    [InlineData(1, "Host:SiloPort")]
    [InlineData(2, "Host:GatewayPort")]
    public async Task A_port_that_is_taken_stops_the_start_and_is_named_with_its_option(int which, string option)
    {
        var ports = Programs.FreePorts(3);
        using var other = new TcpListener(IPAddress.Loopback, ports[which]);
        other.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true); // as Orleans does
        other.Start();
        var finished = await Programs.Run(
            HostProcess.Program, _folder.FullName, [.. HostProcess.Ports(ports), .. HostProcess.Generator(10)]);
        Assert.Equal(5, finished.Code);
        Assert.Contains($"{option}: port {ports[which]} is taken", finished.Errors);
        Assert.Empty(finished.Output);
    }

    [Fact]
    public async Task A_journal_that_another_host_has_is_told_once_without_a_trace()
    {
        await using var first = await HostProcess.Start(_folder.FullName, HostProcess.Generator(10));
        var second = await Programs.Run(
            HostProcess.Program,
            _folder.FullName,
            [.. HostProcess.Ports(Programs.FreePorts(3)), .. HostProcess.Generator(10)]);
        Assert.Equal(5, second.Code);
        Assert.Contains("another process has it", second.Errors);
        Assert.DoesNotContain(" at Mev.", second.All);
    }

    [Fact]
    public async Task Exit_at_end_ends_well_after_the_summary()
    {
        var finished = await Programs.Run(
            HostProcess.Program,
            _folder.FullName,
            [.. HostProcess.Ports(Programs.FreePorts(3)), .. HostProcess.Generator(50), "--exit-at-end"]);
        Assert.True(finished.Code == 0, finished.All);
        Assert.Contains("the seeded generator", finished.Output);
        Assert.Contains("complete, ", finished.Output);
        Assert.Contains("paper, no rivals", finished.Output);
        Assert.Empty(finished.Errors);
    }

    [Fact]
    public async Task A_recording_that_is_cut_ends_with_failure_and_says_where()
    {
        var path = Path.Combine(_folder.FullName, "cut.jsonl");
        await File.WriteAllTextAsync(path, "{\"slot\":1,\"blockT");
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "cut.initial-accounts.jsonl"),
            $$"""{"pubkey":"{{Mints.Wsol}}","owner":"{{Mints.Usdc}}","data":"AA=="}""");
        var finished = await Programs.Run(
            HostProcess.Program,
            _folder.FullName,
            [.. HostProcess.Ports(Programs.FreePorts(3)), "--Feed:RecordingPath", path, "--exit-at-end"]);
        Assert.Equal(1, finished.Code);
        Assert.Contains("cut.jsonl", finished.Output);
        Assert.Contains("failed: ", finished.Output);
    }

    [Fact]
    public async Task The_recorded_day_replays_equal()
    {
        var replay = TestData.Need("traffic", "whirlpool-replay.jsonl.gz");
        await using var host = await HostProcess.Start(_folder.FullName, "--Feed:RecordingPath", replay);
        var total = (await host.Get("/v1/overview")).GetProperty("decisions").GetProperty("total").GetInt64();
        var finished = await host.Mevctl("replay", "--all");
        Assert.True(finished.Code == 0, finished.All);
        Assert.True(total > 0);
        Assert.StartsWith($"{total} replayed:", finished.Output);
    }

    /// <summary>
    /// Which updates meet in a drain depends on the clock then, and a record names the versions that did.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Decisions_of_conflating_drains_replay_equal(int shards)
    {
        await using var host = await HostProcess.Start(
            _folder.FullName,
            [.. HostProcess.Generator(2_000), "--Pump:Pace", "Conflate", "--Trading:Shards", $"{shards}"]);
        var total = (await host.Get("/v1/overview")).GetProperty("decisions").GetProperty("total").GetInt64();
        var finished = await host.Mevctl("replay", "--all");
        Assert.True(finished.Code == 0, finished.All);
        Assert.True(total > 0);
        Assert.StartsWith($"{total} replayed:", finished.Output);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
