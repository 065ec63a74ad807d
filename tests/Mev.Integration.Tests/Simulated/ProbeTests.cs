using System.Text.Json;
using Mev.Fixtures;

namespace Mev.Integration.Tests.Simulated;

/// <summary><c>mevctl probe</c> against a simulator in a process of its own.</summary>
[Collection(SimulatedCollection.Name)]
public sealed class ProbeTests
{
    private const int Ok = 0;
    private const int Usage = 2;
    private const int Unavailable = 5;
    private const int VerificationFailed = 6;
    private const ulong LagMax = 100; // the chain's slots are four times as short, and the machine may be slow

    [Fact]
    public async Task It_tells_of_every_endpoint_whether_it_will_do_and_ends_with_a_code_that_says_so()
    {
        await using var market = await SimulatedMarket.Start(Soak.Seed, slots: 10_000);
        string[] asked = [.. market.Endpoints, "--lag-max", $"{LagMax}"];
        var all = await Probe(Ok, [.. asked, "--json"]);
        var told = JsonDocument.Parse(all).RootElement;
        Assert.True(told.GetProperty("isHealthy").GetBoolean());
        var endpoints = told.GetProperty("endpoints").EnumerateArray().ToDictionary(Name);
        Assert.Equal(
            [
                "jito frankfurt grpc", "jito frankfurt json-rpc", "jito tokyo grpc", "jito tokyo json-rpc", "rpc",
                "yellowstone",
            ],
            endpoints.Keys.Order(StringComparer.Ordinal));
        Assert.All(endpoints.Values, endpoint => Assert.True(endpoint.GetProperty("roundTripMs").GetDouble() > 0));
        foreach (var (name, endpoint) in endpoints)
        {
            var isJson = name.EndsWith("json-rpc", StringComparison.Ordinal);
            Assert.Equal(
                isJson ? JsonValueKind.True : JsonValueKind.Null,
                endpoint.GetProperty("hasDerivedTipAccounts").ValueKind);
            if (isJson) continue;
            Assert.True(endpoint.GetProperty("slot").GetUInt64() > 0);
            Assert.InRange(endpoint.GetProperty("lagSlots").GetUInt64(), 0UL, LagMax);
        }
        Assert.Equal("mev-simulator", endpoints["yellowstone"].GetProperty("version").GetString());

        await market.Switch(new { tellsWrongTipAccounts = true });
        Assert.Contains("OTHER TIP ACCOUNTS", await Probe(VerificationFailed, asked));
    }

    [Fact]
    public async Task What_does_not_answer_is_named_and_no_key_is_printed()
    {
        const string Key = "kEy0f7hIsT3s7";
        var port = Programs.FreePorts(1)[0];
        string[] nowhere =
        [
            "--endpoint", $"http://127.0.0.1:{port}/{Key}", "--rpc", $"http://user:{Key}@127.0.0.1:{port}/v2/{Key}",
            "--region", $"tokyo=http://127.0.0.1:{port}/{Key}?uuid={Key}",
        ];
        foreach (var form in new string[][] { [], ["--json"] })
        {
            var told = await Probe(Unavailable, [.. nowhere, .. form]);
            Assert.Equal(4, told.Split("FAILED").Length - 1);
            Assert.Contains("jito tokyo grpc", told);
            Assert.DoesNotContain(Key, told, StringComparison.Ordinal);
        }
        Assert.Contains("name=url", await Probe(Usage, "--region", "tokyo"));
        Assert.Contains("is not there", await Probe(Usage, "--settings", "none.json"));
    }

    private static string Name(JsonElement endpoint) => endpoint.GetProperty("name").GetString()!;

    private static async Task<string> Probe(int code, params string[] arguments)
    {
        var finished = await Programs.Run(
            Programs.PathOf("Mev.Cli", "mevctl"), AppContext.BaseDirectory, ["probe", .. arguments]);
        Assert.True(finished.Code == code, finished.All);
        return finished.All;
    }
}
