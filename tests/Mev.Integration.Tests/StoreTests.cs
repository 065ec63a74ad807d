using System.Text.Json;

namespace Mev.Integration.Tests;

/// <summary>The decision store of a running host: its questions by HTTP and by command, and SQL of one's own.</summary>
[Collection(RunningHostCollection.Name)]
public sealed class StoreTests(RunningHost running)
{
    private HostProcess Host => running.Host;

    [Fact]
    public async Task Results_are_those_of_the_overview()
    {
        await Filled();
        var overview = await Host.Get("/v1/overview");
        var total = (await Host.Get("/v1/history/results")).GetProperty("total");
        Assert.Equal(Number(overview, "decisions", "total"), Number(total, "decisions"));
        Assert.Equal(Number(overview, "decisions", "submits"), Number(total, "submits"));
        Assert.Equal(Number(overview, "outcomes", "landed"), Number(total, "landed"));
        Assert.Equal(Number(overview, "outcomes", "refused"), Number(total, "refused"));
        Assert.Equal(
            overview.GetProperty("profit").GetProperty("net").GetString(), total.GetProperty("net").GetString());
    }

    [Fact]
    public async Task Decisions_are_found_by_pool_and_by_the_mints_of_their_pools()
    {
        await Filled();
        var page = await Host.Get("/v1/decisions/search?action=submit&limit=1");
        var submit = page.GetProperty("decisions")[0];
        var pool = submit.GetProperty("pools")[0].GetString();
        var id = submit.GetProperty("id").GetString();
        Assert.Contains(id, await Ids($"pool={pool}"));
        Assert.Contains(id, await Ids("mint=So11111111111111111111111111111111111111112"));
        Assert.Empty(await Ids("mint=11111111111111111111111111111111"));
        Assert.Equal([id], await Ids($"id={id}"));
        Assert.Contains(id, await Ids($"id={submit.GetProperty("opportunity").GetString()}"));
        var next = await Host.Get($"/v1/decisions/search?limit=1&after={page.GetProperty("next").GetString()}");
        Assert.NotEqual(id, next.GetProperty("decisions")[0].GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("/v1/decisions/search?limit=0", "limit")]
    [InlineData("/v1/decisions/search?action=7", "action")]
    [InlineData("/v1/decisions/search?outcome=won", "outcome")]
    [InlineData("/v1/decisions/search?reason=1", "reason")]
    [InlineData("/v1/decisions/search?pool=nothing", "pool")]
    [InlineData("/v1/decisions/search?mint=0", "mint")]
    [InlineData("/v1/decisions/search?id=12", "id")]
    [InlineData("/v1/decisions/search?after=here", "after")]
    [InlineData("/v1/decisions/search?from=yesterday", "from")]
    [InlineData("/v1/history/results?to=1969-01-01", "to")]
    [InlineData("/v1/history/results?interval=0s", "interval")]
    [InlineData("/v1/history/results?interval=1w", "interval")]
    [InlineData("/v1/history/results?from=2001-01-01&interval=1s", "interval")]
    [InlineData("/v1/history/latency?from=2026-01-02&to=2026-01-01", "from")]
    [InlineData("/v1/history/posterior/arb-1?arms=some", "arms")]
    public async Task A_question_that_cannot_be_is_refused_and_says_what_is_wrong(string path, string what)
    {
        using var response = await Host.Http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains(what, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("landed of offered", "history", "land-rate", "--from", "2h")]
    [InlineData("net so far", "history", "profit")]
    [InlineData("Submission", "history", "latency", "--interval", "1d")]
    [InlineData("25 % Fast", "history", "posterior", "arb-1")]
    [InlineData("Landed", "decisions", "search", "--outcome", "landed")]
    [InlineData("records behind the journal", "overview")]
    [InlineData("Intent", "sql", "SELECT type, count(*) FROM records GROUP BY type")]
    [InlineData("\"isCut\": true", "sql", "--json", "--rows", "1", "SELECT * FROM decisions")]
    public async Task A_command_prints_and_ends_well(string expected, params string[] arguments)
    {
        await Filled();
        var finished = await Host.Mevctl(arguments);
        Assert.Equal((0, ""), (finished.Code, finished.Errors));
        Assert.Contains(expected, finished.Output);
    }

    [Theory]
    [InlineData(1, "arb-1", "history", "posterior", "arb-9")]
    [InlineData(2, "statement", "sql")]
    [InlineData(2, "empty", "sql", " ")]
    [InlineData(2, "cannot be read", "sql", "--file", "no/such/file.sql")]
    [InlineData(3, "read-only", "sql", "DELETE FROM decisions")]
    [InlineData(3, "one statement", "sql", "SELECT 1; SELECT 2")]
    [InlineData(3, "after 1 s", "sql", "-t", "1", "SELECT count(*) FROM range(100000000000) a, range(1000000) b")]
    [InlineData(3, "took more than 64 MiB", "sql", "-m", "64", "SELECT length(repeat('x', 4000000000))")]
    [InlineData(5, "is not there", "sql", "--store", "no/such/store", "SELECT 1")]
    public async Task A_statement_that_may_not_be_is_refused_with_its_code(
        int code, string expected, params string[] arguments)
    {
        var finished = await Host.Mevctl(arguments);
        Assert.Equal(code, finished.Code);
        Assert.Contains(expected, finished.Errors);
    }

    [Fact]
    public async Task A_store_that_is_turned_off_is_named_with_the_option()
    {
        using var folder = new Folder();
        await using var host = await HostProcess.Start(
            folder.Path, [.. HostProcess.Generator(20), "--Store:IsOn", "false"]);
        using var response = await host.Http.GetAsync(new Uri("/v1/history/results", UriKind.Relative));
        Assert.Equal(404, (int)response.StatusCode);
        Assert.Contains("Store:IsOn", await response.Content.ReadAsStringAsync());
        Assert.Empty(Directory.GetFiles(folder.Path, "*.duckdb", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_store_that_cannot_be_used_stops_no_decision_and_is_filled_when_it_can()
    {
        using var folder = new Folder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "data"));
        var file = Path.Combine(folder.Path, "data", "journal.decisions.duckdb");
        await File.WriteAllTextAsync(file, "no database");
        await using var host = await HostProcess.Start(
            folder.Path, [.. HostProcess.Generator(100), "--Sink:RetryInterval", "00:00:00.050"]);
        var overview = await host.Get("/v1/overview");
        Assert.True(Number(overview, "decisions", "total") > 0);
        Assert.Contains("Move the file away", overview.GetProperty("store").GetProperty("trouble").GetString());
        File.Delete(file);
        await host.Until(async () => Number(await host.Get("/v1/store"), "records") > 0);
    }

    private Task Filled() => Host.Until(async () => await Host.Get("/v1/store") is var store
        && store.GetProperty("isAvailable").GetBoolean() && Number(store, "lagRecords") == 0);

    private async Task<List<string?>> Ids(string query) =>
        [.. (await Host.Get($"/v1/decisions/search?limit=500&{query}")).GetProperty("decisions").EnumerateArray()
            .Select(line => line.GetProperty("id").GetString())];

    private static long Number(JsonElement element, params string[] path) =>
        path.Aggregate(element, (at, name) => at.GetProperty(name)).GetInt64();

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("store-host-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
