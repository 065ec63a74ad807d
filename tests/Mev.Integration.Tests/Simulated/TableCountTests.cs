using Mev.Adapters.Solana.Rpc;
using Mev.Fixtures;

namespace Mev.Integration.Tests.Simulated;

/// <summary>What lookup tables do for the messages of a host that runs against the simulator.</summary>
[Collection(SimulatedCollection.Name)]
public sealed class TableCountTests
{
    private const long DecisionsMin = 400;

    [Fact]
    public async Task Messages_that_are_too_large_without_tables_are_none_with_them()
    {
        await using var market = await SimulatedMarket.Start(Soak.Seed, slots: 10_000);
        var tables = await market.Rpc.GetProgramAccounts(
            Domain.Chain.Programs.AddressLookupTable, filter: null, RpcCommitment.Confirmed);
        string[] named = [.. tables.Accounts.Index().SelectMany(table => new[]
        {
            $"--Execution:LookupTables:{table.Index}", $"{table.Item.Key}",
        })];
        Assert.NotEmpty(named);
        var (without, before) = await Count(market, "before");
        var (with, after) = await Count(market, "after", named);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"TooLarge: {without} of {before} decisions without tables, {with} of {after} with "
            + $"{tables.Accounts.Length}");
        Assert.True(without > 0, $"none of {before} decisions is too large without tables");
        Assert.Equal(0, with);
    }

    private static async Task<(long TooLarge, long Decisions)> Count(
        SimulatedMarket market, string run, params string[] settings)
    {
        await using var host = await market.StartHost(
            [.. settings, "--Journal:Path", $"data/{run}.db", "--State:Path", $"data/{run}-state.db"]);
        var (tooLarge, total) = (0L, 0L);
        await host.Until(async () =>
        {
            var decisions = (await host.Get("/v1/overview")).GetProperty("decisions");
            total = decisions.GetProperty("total").GetInt64();
            tooLarge = decisions.GetProperty("reasons").TryGetProperty("TooLarge", out var count)
                ? count.GetInt64()
                : 0;
            return total >= DecisionsMin;
        });
        return (tooLarge, total);
    }
}
