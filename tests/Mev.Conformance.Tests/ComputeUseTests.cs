using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using Mev.Adapters.Solana.Instructions;
using Mev.Conformance.Reports;
using Mev.Conformance.Vectors;
using Mev.Domain.Pools;
using Mev.Fixtures;
using static Mev.Conformance.Adapters.PoolLoader;

namespace Mev.Conformance.Tests;

/// <summary>
/// The table of compute units holds for every swap that the real programs made, and wastes little: what a swap used is
/// never above it, and the swap that comes nearest leaves only a small part unused.
/// </summary>
public sealed class ComputeUseTests(ITestOutputHelper output)
{
    private const double WasteMax = 0.05;

    [Fact]
    public void AMM_v4_uses_no_more() => Encloses(ComputeUse.RaydiumAmmV4, "raydium-amm-v4", static _ => 0);

    [Fact]
    public void DAMM_v2_uses_no_more() => Encloses(ComputeUse.MeteoraDammV2, "meteora-damm-v2", static _ => 0);

    [Fact]
    public void CPMM_uses_no_more_with_and_without_Token_2022()
    {
        Encloses(ComputeUse.RaydiumCpmm, "raydium-cpmm", static _ => 0, json => !IsToken2022(json));
        var start = ComputeUse.RaydiumCpmm.Start + ComputeUse.RaydiumCpmmToken2022.Start;
        Encloses(new ComputeUse(start, 0), "raydium-cpmm", static _ => 0, IsToken2022);
    }

    [Fact]
    public void DLMM_uses_no_more_for_the_bins_that_it_moves()
    {
        static int? Moved(JsonElement json) =>
            Math.Abs(json.GetProperty("endBin").GetInt32() - json.GetProperty("startBin").GetInt32());
        Encloses(ComputeUse.MeteoraDlmm, "meteora-dlmm", Moved);
        Encloses(ComputeUse.MeteoraDlmm, "meteora-dlmm-limit-orders", Moved, wasteMax: 1);
    }

    [Fact]
    public void Whirlpool_uses_no_more_for_the_ticks_that_it_crosses()
    {
        TestData.Need("vectors", "orca-whirlpool" + VectorSet.VectorsSuffix);
        var set = VectorSet.In(TestData.Solana).Single(set => set.Name == "orca-whirlpool");
        var states = new Dictionary<string, PoolStateRecord>();
        Assert.Equal("", set.ReadStates(states));
        var pools = states.ToDictionary(
            state => state.Key, state => Load<Pool>(state.Value, new VectorCheck(state.Key))!);
        Encloses(ComputeUse.Whirlpool, set.Name, json =>
        {
            var vector = SwapVector.Read(json, "");
            var (pool, clock) = (pools[vector.State], states[vector.State].Clock);
            var quote = vector.IsExactIn
                ? pool.QuoteExactIn(vector.Direction, vector.Amount, clock)
                : pool.QuoteExactOut(vector.Direction, vector.Amount, clock);
            return quote.IsOk ? quote.TicksCrossed : null; // refused for too many crossings
        }, json => json.GetProperty("sqrtPriceLimit").GetString() == "0");
    }

    [Fact]
    public void CLMM_uses_no_more_for_the_ticks_that_it_crosses()
    {
        var path = TestData.Need("vectors", "raydium-clmm" + VectorSet.AccountsSuffix);
        var states = File.ReadLines(path).Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(json => json.GetProperty("state").GetString()!);
        Encloses(ComputeUse.RaydiumClmm, "raydium-clmm", json =>
        {
            var state = states[json.GetProperty("state").GetString()!];
            var (before, after) = (state.GetProperty("tick").GetInt32(), json.GetProperty("postTick").GetInt32());
            var (low, high) = (Math.Min(before, after), Math.Max(before, after));
            return state.GetProperty("accounts").EnumerateArray()
                .SelectMany(account => ClmmTicks(account.GetProperty("data").GetBytesFromBase64()))
                .Count(tick => low < tick && tick <= high);
        });
    }

    /// <summary>Initialised ticks of an array: 60 ticks of 168 bytes from 44, their gross liquidity at 20.</summary>
    private static IEnumerable<int> ClmmTicks(byte[] data) => data.Length != 10_240 ? [] :
        from index in Enumerable.Range(0, 60)
        let offset = 44 + 168 * index
        where BinaryPrimitives.ReadUInt128LittleEndian(data.AsSpan(offset + 20)) != 0
        select BinaryPrimitives.ReadInt32LittleEndian(data.AsSpan(offset));

    private static bool IsToken2022(JsonElement json) =>
        json.GetProperty("state").GetString()!.StartsWith("cpmm-t22", StringComparison.Ordinal);

    private void Encloses(
        ComputeUse use, string name, Func<JsonElement, int?> steps,
        Func<JsonElement, bool>? isMeant = null, double wasteMax = WasteMax)
    {
        var (swaps, least) = (0, 1.0);
        foreach (var line in File.ReadLines(TestData.Need("vectors", name + VectorSet.VectorsSuffix)))
        {
            using var json = JsonDocument.Parse(line);
            var vector = json.RootElement;
            if (vector.TryGetProperty("error", out _) || isMeant?.Invoke(vector) == false) continue;
            if (steps(vector) is not { } taken) continue;
            var used = ulong.Parse(vector.GetProperty("cu").GetString()!, CultureInfo.InvariantCulture);
            var enclosed = use.Units(taken) + ComputeBudget.Units; // its transaction sets a limit too
            Assert.True(used <= enclosed, $"{vector.GetProperty("id")}: {used} of {enclosed}");
            (swaps, least) = (swaps + 1, Math.Min(least, 1 - (double)used / enclosed));
        }
        output.WriteLine($"{name}: {swaps} swaps, at least {least:P1} unused");
        Assert.True(swaps > 0);
        Assert.True(least <= wasteMax, $"at least {least:P1} unused");
    }
}
