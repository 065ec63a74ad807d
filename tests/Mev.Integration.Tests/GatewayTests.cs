using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mev.Fixtures;

namespace Mev.Integration.Tests;

/// <summary>The HTTP interface of a running host.</summary>
[Collection(RunningHostCollection.Name)]
public sealed partial class GatewayTests(RunningHost running)
{
    private HostProcess Host => running.Host;

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/v1/overview")]
    [InlineData("/v1/decisions")]
    [InlineData("/v1/pools")]
    [InlineData("/v1/strategies")]
    [InlineData("/v1/strategies/arb-1")]
    [InlineData("/v1/models")]
    public async Task An_endpoint_answers(string path) =>
        Assert.Equal(JsonValueKind.Object, (await Host.Get(path)).ValueKind);

    [Fact]
    public async Task The_dashboard_answers() =>
        Assert.Equal(HttpStatusCode.OK, (await Host.Http.GetAsync(new Uri("/orleans/", UriKind.Relative))).StatusCode);

    /// <summary>A page of somebody's whose name resolves to loopback reads nothing.</summary>
    [Theory]
    [InlineData("rebound.example", HttpStatusCode.BadRequest)]
    [InlineData("127.0.0.1.rebound.example", HttpStatusCode.BadRequest)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("[::1]", HttpStatusCode.OK)]
    public async Task Only_loopbacks_own_names_are_answered(string name, HttpStatusCode expected)
    {
        foreach (var path in new[] { "/v1/overview", "/health/live", "/orleans/" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
            request.Headers.Host = $"{name}:{Host.Url.Port}";
            using var response = await Host.Http.SendAsync(request);
            Assert.Equal(expected, response.StatusCode);
        }
    }

    [Fact]
    public async Task The_overview_agrees_with_itself_and_labels_its_land_rate()
    {
        var overview = await Host.Get("/v1/overview");
        var decisions = overview.GetProperty("decisions");
        var total = decisions.GetProperty("total").GetInt64();
        var reasons = decisions.GetProperty("reasons").EnumerateObject().Sum(reason => reason.Value.GetInt64());
        var rate = overview.GetProperty("landRate");
        Assert.True(total > 0, "the market of this test has to bring decisions");
        Assert.Equal(total, reasons);
        Assert.Equal("paper, no rivals, tips of September2024", rate.GetProperty("label").GetString());
        Assert.True(rate.GetProperty("of").GetInt64() >= rate.GetProperty("landed").GetInt64());
        var profit = overview.GetProperty("profit");
        Assert.Equal(
            Lamports(profit, "net"), Lamports(profit, "realised") - Lamports(profit, "tips"));
    }

    [Fact]
    public async Task The_overview_tells_every_limit_of_the_document()
    {
        var document = await File.ReadAllTextAsync(Path.Combine(TestData.Repository, "docs", "limits.md"));
        var listed = Row().Matches(document)
            .Select(row => (Place: row.Groups["place"].Value, Then: row.Groups["then"].Value))
            .Where(row => !IsOfOthers(row.Place)).Order(); // nothing is sent on paper, and the journal is a file
        var limits = (await Host.Get("/v1/overview")).GetProperty("limits").EnumerateArray().ToList();
        Assert.Equal(listed, limits.Select(limit =>
            (limit.GetProperty("name").GetString()!, limit.GetProperty("then").GetString()!)).Order());
        Assert.All(limits, limit => Assert.True(limit.GetProperty("bound").GetInt64() > 0));
        var told = limits.Single(limit => limit.GetProperty("name").GetString() == "feed.listed");
        Assert.Equal(
            Math.Max(0, (await Host.Get("/v1/overview")).GetProperty("candidates").GetProperty("listed").GetInt64()
                - told.GetProperty("bound").GetInt64()),
            told.GetProperty("count").GetInt64());
    }

    private static bool IsOfOthers(string place) =>
        place.StartsWith("jito.", StringComparison.Ordinal) || place.StartsWith("execution.", StringComparison.Ordinal)
        || place.StartsWith("journal.kafka-", StringComparison.Ordinal);

    [Theory]
    [InlineData(7, "")]
    [InlineData(500, "")]
    [InlineData(5, "&action=submit")]
    public async Task Paging_gives_every_decision_once_the_newest_first(int limit, string filter)
    {
        var overview = (await Host.Get("/v1/overview")).GetProperty("decisions");
        var expected = overview.GetProperty(filter.Length > 0 ? "submits" : "total").GetInt64();
        var ids = new List<string>();
        var offsets = new List<long>();
        for (var after = ""; ;)
        {
            var page = await Host.Get($"/v1/decisions?limit={limit}{filter}{after}");
            var lines = page.GetProperty("decisions").EnumerateArray().ToList();
            Assert.True(lines.Count <= limit);
            ids.AddRange(lines.Select(line => line.GetProperty("id").GetString()!));
            offsets.AddRange(lines.Select(line => line.GetProperty("offset").GetInt64()));
            if (page.GetProperty("next").GetString() is not { } next) break;
            after = $"&after={next}";
        }
        Assert.Equal(expected, ids.Distinct().Count());
        Assert.Equal(expected, ids.Count);
        Assert.Equal(offsets.OrderDescending(), offsets);
    }

    [Fact]
    public async Task Every_pool_of_the_list_is_found_by_its_id()
    {
        var pools = (await Host.Get("/v1/pools?limit=500")).GetProperty("pools").EnumerateArray().ToList();
        Assert.NotEmpty(pools);
        foreach (var id in pools.Take(5).Select(pool => pool.GetProperty("id").GetString()))
        {
            var body = await Host.Get($"/v1/pools/{id}");
            Assert.Equal(id, body.GetProperty("pool").GetProperty("id").GetString());
            Assert.NotEmpty(body.GetProperty("pool").GetProperty("accounts").EnumerateArray());
        }
    }

    [Fact]
    public async Task A_submit_is_told_with_its_steps_inputs_draws_limits_message_and_outcome()
    {
        var line = (await Host.Get("/v1/decisions?limit=1&action=submit")).GetProperty("decisions")[0];
        var body = await Host.Get($"/v1/decisions/{line.GetProperty("id").GetString()}");
        var steps = body.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("name").GetString());
        Assert.Equal(["received", "evaluated", "decided", "recorded", "sent", "outcome"], steps);
        var chosen = body.GetProperty("choice").GetProperty("arm").GetInt32();
        var draw = body.GetProperty("draws")[chosen];
        var order = body.GetProperty("message").GetProperty("paperOrder");
        Assert.Equal(draw.GetProperty("tip").GetString(), order.GetProperty("tip").GetString());
        var score = body.GetProperty("choice").GetProperty("score").GetDouble();
        Assert.Equal(score, draw.GetProperty("score").GetDouble());
        Assert.All(
            body.GetProperty("limits").EnumerateArray(),
            check => Assert.True(check.GetProperty("passed").GetBoolean()));
        Assert.Equal(JsonValueKind.String, body.GetProperty("opportunity").GetProperty("value").ValueKind);
        Assert.Equal(JsonValueKind.String, body.GetProperty("opportunity").GetProperty("slot").ValueKind);
        Assert.NotEmpty(body.GetProperty("opportunity").GetProperty("accounts").EnumerateArray());
        Assert.True(body.GetProperty("record").GetProperty("leafHashHolds").GetBoolean());
    }

    [Theory]
    [InlineData("/v1/decisions?limit=0", 400, "limit '0'")]
    [InlineData("/v1/decisions?limit=501", 400, "1 to 500")]
    [InlineData("/v1/decisions?limit=many", 400, "limit 'many'")]
    [InlineData("/v1/decisions?after=nowhere", 400, "after 'nowhere'")]
    [InlineData("/v1/decisions?action=perhaps", 400, "submit, skip, block")]
    [InlineData("/v1/decisions?action=1", 400, "submit, skip, block")]
    [InlineData("/v1/decisions?action=9", 400, "submit, skip, block")]
    [InlineData("/v1/decisions?action=unknown", 400, "submit, skip, block")]
    [InlineData("/v1/decisions?action=submit,skip", 400, "submit, skip, block")]
    [InlineData("/v1/decisions?strategy=arb-9", 404, "arb-1")]
    [InlineData("/v1/decisions/xyz", 400, "'xyz'")]
    [InlineData("/v1/decisions/019ab3c0-5d1e-7000-8000-000000000000", 404, "019ab3c0-5d1e-7000-8000-000000000000")]
    [InlineData("/v1/decisions/1@999999999", 404, "1@999999999")]
    [InlineData("/v1/decisions/xyz/record", 400, "'xyz'")]
    [InlineData("/v1/pools/abc", 400, "'abc'")]
    [InlineData("/v1/pools/So11111111111111111111111111111111111111112", 404, "/v1/pools")]
    [InlineData("/v1/pools?after=abc", 400, "'abc'")]
    [InlineData("/v1/strategies/arb-9", 404, "arb-1")]
    [InlineData("/v1/nothing", 404, "/v1/nothing")]
    public async Task Bad_input_is_a_problem_that_names_the_thing(string path, int status, string named)
    {
        using var response = await Host.Http.GetAsync(new Uri(path, UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(named, JsonDocument.Parse(text).RootElement.GetProperty("detail").GetString());
    }

    private static long Lamports(JsonElement element, string name) =>
        long.Parse(element.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| `(?<place>[^`|]+)` \|[^|\n]+\| (?<then>\w+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
