using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Mev.Fixtures;
using Microsoft.Data.Sqlite;

namespace Mev.Integration.Tests;

/// <summary>How the host starts and ends.</summary>
public sealed class HostTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("host-");

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
    public async Task A_host_has_streams_where_they_are_asked_for_and_refuses_a_topic_that_is_none()
    {
        string[] settings = [.. HostProcess.Generator(20), "--Host:HasStreams", "true", "--Streams:Topic"];
        await using (var host = await HostProcess.Start(_folder.FullName, [.. settings, "own.streams"]))
            Assert.Equal(0, await host.Terminate());
        var refused = await Programs.Run(
            HostProcess.Program, _folder.FullName,
            [.. HostProcess.Ports(Programs.FreePorts(3)), .. settings, "a topic"]);
        Assert.Equal(2, refused.Code);
        Assert.Contains("Streams:Topic", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_options_that_name_one_port_stop_the_start()
    {
        var port = Programs.FreePorts(1)[0];
        var finished = await Programs.Run(
            HostProcess.Program, _folder.FullName,
            [.. HostProcess.Ports([port, port, port]), .. HostProcess.Generator(10)]);
        Assert.Equal(2, finished.Code);
        Assert.Contains($"Urls and Host:SiloPort and Host:GatewayPort name port {port}", finished.Errors);
        Assert.Single(finished.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("data/state.db", "not a database, or damaged", 5)]
    [InlineData("data/journal.db", "any file but that of Journal:Path", 2)]
    [InlineData("data/../data/journal.db", "any file but that of Journal:Path", 2)]
    public async Task A_state_file_that_cannot_be_used_stops_the_start_with_one_line(string path, string said, int code)
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "data"));
        await File.WriteAllBytesAsync(Path.Combine(_folder.FullName, "data", "state.db"), new byte[20_000]);
        await RefusedState(path, said, code);
    }

    [Fact]
    public async Task A_state_file_that_another_host_has_stops_the_start_with_one_line()
    {
        await using var first = await HostProcess.Start(_folder.FullName, HostProcess.Generator(10));
        await RefusedState("data/state.db", "data/state.db: another process has it", 5, "--Journal:Path", "other.db");
    }

    /// <summary>What only the web server can tell: no certificate, a name with any free port.</summary>
    [Theory]
    [InlineData("https://127.0.0.1:0")]
    [InlineData("http://localhost:0")]
    public async Task An_address_that_the_web_server_does_not_take_ends_the_start_with_one_line(string url)
    {
        var finished = await Programs.Run(
            HostProcess.Program,
            _folder.FullName,
            [.. HostProcess.Ports(Programs.FreePorts(3)), .. HostProcess.Generator(10), $"--Urls={url}"]);
        Assert.True(finished.Code == 2, finished.All);
        Assert.Contains("Urls or Kestrel: ", Assert.Single(finished.Errors.TrimEnd().Split('\n')));
    }

    /// <summary>Whoever supervises starts it anew by the code.</summary>
    [Fact]
    public async Task A_fault_of_the_pump_ends_with_failure_and_no_trace_twice()
    {
        string[] settings = [.. HostProcess.Generator(400), "--exit-at-end"];
        string[] Arguments() => [.. HostProcess.Ports(Programs.FreePorts(3)), .. settings];
        var first = await Programs.Run(HostProcess.Program, _folder.FullName, Arguments());
        Assert.True(first.Code == 0, first.All);
        var path = Path.Combine(_folder.FullName, "data", "state.db");
        await using (var state = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            state.Open();
            using var find = state.CreateCommand();
            find.CommandText = "SELECT key FROM grain_state WHERE key LIKE '%strategy%'";
            var key = (string)find.ExecuteScalar()!;
            using var change = state.CreateCommand(); // to a state that proves itself, and is none of a strategy
            change.CommandText = "UPDATE grain_state SET data = $data WHERE key = $key";
            var none = new byte[40];
            change.Parameters.AddWithValue(
                "$data", (byte[])[.. SHA256.HashData([.. Encoding.UTF8.GetBytes(key), 0, .. none]), .. none]);
            change.Parameters.AddWithValue("$key", key);
            Assert.Equal(1, change.ExecuteNonQuery());
        }
        var second = await Programs.Run(HostProcess.Program, _folder.FullName, Arguments());
        Assert.True(second.Code == 1, second.All);
        Assert.Contains("pump has ended by a fault", second.Output);
        var traces = Regex.Matches(second.Output, @"(?m)^(System|Orleans)\.[\w.]*Exception: .*$")
            .Select(trace => trace.Value).ToList();
        Assert.NotEmpty(traces);
        Assert.Equal(traces.Distinct(), traces);
    }

    /// <summary>Counted from the first line on: told at once, then after pauses that double.</summary>
    [Fact]
    public async Task An_outage_is_told_at_ever_longer_pauses_without_a_trace_and_ends_no_host()
    {
        await using var host = await HostProcess.StartAt(
            Programs.FreePorts(3),
            _folder.FullName,
            [.. HostProcess.Generator(4_000), "--Journal:FileBytesMax", "200000"]);
        bool IsWaiting(string line) => line.Contains("Deciding waits for the journal");
        await host.Until(() => host.Lines.Any(IsWaiting));
        await Task.Delay(TimeSpan.FromSeconds(6), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.True(host.IsRunning);
        Assert.InRange(host.Lines.Count(IsWaiting), 2, 5);
        Assert.Contains(host.Lines, line => line.Contains(" times before this)"));
        Assert.DoesNotContain(host.Lines, line => line.Contains("   at Mev."));
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
        Assert.Contains("Execution: Paper", finished.Output);
        Assert.DoesNotContain("ServerGC", finished.Output);
        Assert.Empty(finished.Errors);
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

    private async Task RefusedState(string path, string said, int code, params string[] others)
    {
        string[] arguments = [.. HostProcess.Ports(Programs.FreePorts(3)), .. HostProcess.Generator(10)];
        var finished = await Programs.Run(
            HostProcess.Program, _folder.FullName, [.. arguments, "--State:Path", path, .. others]);
        Assert.True(finished.Code == code, finished.All);
        Assert.Contains(said, Assert.Single(finished.Errors.TrimEnd().Split('\n')));
        Assert.DoesNotContain("   at ", finished.Output);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
