namespace Mev.Integration.Tests;

/// <summary>What the host makes of its settings before it makes anything else.</summary>
public sealed class ConfigurationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("configuration-");

    private const string Pool = "So11111111111111111111111111111111111111112"; // an address, for what is refused anyway

    [Theory]
    [InlineData("nearest is '--exit-at-end'", "--exit-at-ned")]
    [InlineData("nearest is 'Trading:Shards'", "--Trading:Shard", "2")]
    [InlineData("nearest is 'Generator:Seed'", "--Generator:Sed=3")]
    [InlineData("has no value", "--Trading:Shards")]
    [InlineData("'fast' is no option", "fast")]
    [InlineData("not loopback", "--Urls", "http://0.0.0.0:18099")]
    [InlineData("in the clear", "--Gateway:Readers", "Sessions", "--Urls", "http://0.0.0.0:18099")]
    [InlineData("Gateway:Readers", "--Gateway:Readers", "Somebody")]
    [InlineData("never set with", "--Execution:Mode", "Live", "--Journal:DurabilityRule", "BeforeCommit")]
    [InlineData("never set with", "--Execution:Mode", "live", "--Trading:WriteAheadRule", "SendFirst")]
    [InlineData("not loopback", "--Urls", "http://127.0.0.1:18099;http://*:18098")]
    [InlineData("not loopback", "--Kestrel:Endpoints:Other:Url", "http://192.0.2.1:18099")]
    [InlineData("'http://127.0.0.1:99999' is no address", "--Urls", "http://127.0.0.1:99999")]
    [InlineData("'http://127.0.0.1:1/path' is no address", "--Urls", "http://127.0.0.1:1/path")]
    [InlineData("Urls '' is no address", "--Urls=")]
    [InlineData("Journal:DurabilityRule 'BeforeCommit' is for tests", "--Journal:DurabilityRule", "BeforeCommit")]
    [InlineData("Redis:ConnectionString '***' is not allowed: host:port", "--Redis:ConnectionString", ",password=x")]
    [InlineData("id 'a' is used twice", "--Trading:Strategies:0:Id", "a", "--Trading:Strategies:1:Id", "a")]
    public async Task A_wrong_option_stops_the_start_and_is_named(string said, params string[] arguments) =>
        await Refused(said, arguments);

    [Theory]
    [InlineData("Trading:Shards", "abc", "1 to 64")]
    [InlineData("Trading:Shards", "65", "1 to 64")]
    [InlineData("Feed:Source", "Foo", "Auto, Recording, Generator, Snapshot, Day")]
    [InlineData("Feed:Source", "Recording,Generator", "Auto, Recording, Generator, Snapshot, Day")]
    [InlineData("Pump:Pace", "Nope", "LockStep, Conflate")]
    [InlineData("Pump:Pace", "1", "LockStep, Conflate")]
    [InlineData("Host:ExitAtEnd", "maybe", "true, false")]
    [InlineData("Host:SiloPort", "0", "1 to 65535")]
    [InlineData("Host:SummaryInterval", "soon", "00:00:00.100 to 01:00:00")]
    [InlineData("Generator:Transactions", "-1", "0 to 18446744073709551615, or nothing")]
    [InlineData("Generator:SwapSigma", "NaN", "0 to 4")]
    [InlineData("Feed:RecordingSpeed", "3e9", "0, or 0.001 to 1000000")]
    [InlineData("Feed:RecordingSpeed", "NaN", "0, or 0.001 to 1000000")]
    [InlineData("Feed:RecordingSpeed", "-0.4", "0, or 0.001 to 1000000")]
    [InlineData("Feed:RecordingSpeed", "1e-12", "0, or 0.001 to 1000000")]
    [InlineData("Trading:ListedMints:0", "abc", "base58 of 32 bytes")]
    [InlineData("Trading:Strategies:1:LandingFeeLamports", "5k", "0 to 1000000000")]
    [InlineData("Trading:Strategies:1:LandingFeeLamports", "5000000000", "0 to 1000000000")]
    [InlineData("Trading:Strategies:0:Sampler", "Foo", "BetaThompson")]
    [InlineData("Trading:Strategies:0:Sampler", "Unknown", "BetaThompson")]
    [InlineData("Trading:Strategies:0:Id", "UPPER", "[a-z0-9]")]
    [InlineData("Logging:LogLevel:Default", "Bogus", "Warning")]
    [InlineData("Execution:Mode", "Real", "Paper, Simulated, Live")]
    [InlineData("Execution:LookupTables:0", "abc", "base58 of 32 bytes")]
    [InlineData("Journal:Path", "", "the name of a file")]
    [InlineData("Journal:Path", "/", "not of a folder")]
    [InlineData("Journal:Path", ":memory:", "not beginning with ':'")]
    [InlineData("State:Path", "/", "not of a folder")]
    [InlineData("State:Path", "file:state.db?mode=memory", "'file:'")]
    [InlineData("Journal:FileBytesMax", "-1", "0 to 9223372036854775807")]
    public async Task A_bad_value_stops_the_start_with_key_value_and_what_is_allowed(
        string key, string value, string allowed)
    {
        await Refused($"{key} '{value}' is not allowed: ", $"--{key}={value}");
        var print = await Refused($"{key} '{value}' is not allowed: ", $"--{key}={value}", "--print-config");
        Assert.Contains(allowed, print);
    }

    [Theory]
    [InlineData(
        "Confirmation,KeyPaths,AmountInMaxLamports,DailyCostMaxLamports,TipMaxLamports", "--Execution:Mode", "Live")]
    [InlineData(
        "Confirmation,AmountInMaxLamports,TipMaxLamports", "--Execution:Mode", "Live", "--Execution:KeyPaths:0", "a",
        "--Execution:Confirmation", "yes", "--Execution:DailyCostMaxLamports", "5")]
    [InlineData(
        "KeyPaths,AmountInMaxLamports,DailyCostMaxLamports,TipMaxLamports", "--Execution:Mode", "Live",
        "--Execution:Confirmation", "spend real money")]
    public async Task Live_is_not_started_by_a_part_of_it_and_names_the_rest(string missing, params string[] arguments)
    {
        var finished = await Programs.Run(
            HostProcess.Program, _folder.FullName,
            [
                .. arguments, "--Feed:Source", "Yellowstone", "--Pump:Pace", "Conflate",
                "--Jito:Regions:0:Name", "here", "--Yellowstone:Pools:0", Pool,
            ]);
        Assert.True(finished.Code == 2, finished.All);
        var lines = finished.Errors.TrimEnd().Split('\n');
        Assert.Equal(missing.Split(',').Length, lines.Length);
        Assert.All(missing.Split(',').Zip(lines), pair => Assert.Contains($"Execution:{pair.First} ", pair.Second));
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task Live_watches_the_pools_that_it_is_told_and_no_whole_programs_of_mainnet() => await Refused(
        "Yellowstone:Pools names none", "--Execution:Mode", "Live", "--Feed:Source", "Yellowstone", "--Pump:Pace",
        "Conflate", "--Jito:Regions:0:Name", "here", "--Execution:Confirmation", "spend real money",
        "--Execution:KeyPaths:0", "a", "--Execution:AmountInMaxLamports", "1", "--Execution:DailyCostMaxLamports", "1",
        "--Execution:TipMaxLamports", "1");

    [Fact]
    public async Task What_is_signed_needs_a_feed_that_goes_on() => await Refused(
        "it needs Feed:Source Yellowstone", "--Execution:Mode", "Simulated", "--Feed:Source", "Generator");

    [Fact]
    public async Task A_key_file_that_is_not_there_stops_the_start_and_is_named() => await Refused(
        "'missing.json' is not used (Missing)", "--Execution:Mode", "Simulated", "--Feed:Source", "Yellowstone",
        "--Pump:Pace", "Conflate", "--Execution:KeyPaths:0", "missing.json");

    [Fact]
    public async Task Every_bad_value_is_told_at_once()
    {
        var finished = await Programs.Run(
            HostProcess.Program, _folder.FullName, "--Trading:Shards=0", "--Pump:Pace=Fast", "--Trading:Shrads=1");
        Assert.Equal(2, finished.Code);
        Assert.Equal(3, finished.Errors.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public async Task Help_says_what_is_in_force_and_what_is_allowed()
    {
        var help = await Programs.Run(HostProcess.Program, _folder.FullName, "--Feed:Source", "Auto", "--help");
        Assert.Equal(0, help.Code);
        Assert.Contains("--Trading:Shards [1]\n      Market shards. Default 1.\n      Allowed: 1 to 64.", help.Output);
        Assert.Contains("--Generator:Transactions [20000]", help.Output); // of appsettings.json
        Assert.Contains("--Execution:Mode [Paper]", help.Output); // since a feed is named
        Assert.Contains("Allowed: LockStep, Conflate.", help.Output);
        Assert.Contains("Allowed: BetaThompson, Factored, FactoredFloor.", help.Output);
        Assert.DoesNotContain("{0}", help.Output);
    }

    [Fact]
    public async Task A_chain_that_begins_with_the_start_has_a_journal_of_that_start()
    {
        var own = await Programs.Run(
            HostProcess.Program, _folder.FullName, "--Execution:Mode", "Simulated", "--print-config");
        Assert.Matches(@"Journal:Path\W+data/simulated-\d{8}-\d{6}/journal\.db", own.Output);
        var told = await Programs.Run(
            HostProcess.Program, _folder.FullName, "--Execution:Mode", "Simulated", "--print-config",
            "--Journal:Path", "kept.db");
        Assert.Matches(@"Journal:Path\W+kept\.db", told.Output);
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    /// <summary>Where rivals bid it is the one that learns how they do, unless another is named.</summary>
    [Theory]
    [InlineData("Simulated", "Factored Factored")]
    [InlineData("Paper", "BetaThompson")]
    [InlineData("Simulated", "FactoredFloor Factored", "--Trading:Strategies:0:Sampler", "FactoredFloor")]
    public async Task The_sampler_is_that_of_the_mode_unless_one_is_named(
        string mode, string samplers, params string[] settings)
    {
        var print = await Programs.Run(
            HostProcess.Program, _folder.FullName, [
                "--Execution:Mode", mode, "--print-config", "--Trading:Strategies:0:Id", "one",
                "--Trading:Strategies:1:Id", "two", .. settings]);
        foreach (var (place, sampler) in samplers.Split(' ').Index())
            Assert.Matches($@"Trading:Strategies:{place}:Sampler +{sampler}\b", print.Output);
    }

    [Fact]
    public async Task Without_a_strategy_that_is_named_the_one_there_is_has_the_sampler_of_the_mode()
    {
        var print = await Programs.Run(HostProcess.Program, _folder.FullName, "--print-config");
        Assert.Matches(@"Execution:Mode\s+Simulated", print.Output);
        Assert.Matches(@"Trading:Strategies:0:Id +arb-1\b", print.Output);
        Assert.Matches(@"Trading:Strategies:0:Sampler +Factored\b", print.Output);
    }

    [Fact]
    public async Task Print_config_prints_what_is_in_force_but_no_key_and_makes_nothing()
    {
        var print = await Programs.Run(
            HostProcess.Program, _folder.FullName, "--Trading:Shards=2", "--execution:mode=paper", "--print-config",
            "--Rpc:Endpoint", "https://node.test/key-of-a-provider");
        Assert.Matches(@"Rpc:Endpoint +https://node\.test/\*\*\*\n", print.Output);
        Assert.DoesNotContain("key-of", print.All, StringComparison.Ordinal);
        Assert.True(print.Code == 0, print.All);
        Assert.Matches(@"Trading:Shards +2\n", print.Output);
        Assert.Matches(@"Trading:HopsMax +3 +# default", print.Output);
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<string> Refused(string said, params string[] arguments)
    {
        var finished = await Programs.Run(HostProcess.Program, _folder.FullName, arguments);
        Assert.True(finished.Code == 2, finished.All);
        Assert.Contains(said, Assert.Single(finished.Errors.TrimEnd().Split('\n')));
        Assert.Empty(finished.Output);
        Assert.Empty(_folder.GetFileSystemInfos());
        return finished.Errors;
    }
}
